// A folded side column stands open on a desk also in browsers whose style sheets cannot open it.
const DESK = "(min-width: 60.01rem)";

export function startFolds(fold: HTMLElement): void {
  const desk = matchMedia(DESK);
  const follow = () => {
    if (fold instanceof HTMLDetailsElement && fold.closest(".split") !== null) fold.open = desk.matches;
  };
  follow();
  desk.addEventListener("change", follow);
}
