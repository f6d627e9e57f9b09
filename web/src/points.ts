// Offsets in code points, as the record counts them; the browser counts UTF-16 units, two for an emoji.

/** How many code points a text has. */
export function pointsIn(text: string): number {
  let points = 0;
  for (const _ of text) points += 1;
  return points;
}

/** The offset in UTF-16 units of the code point at `points`; the text's end where it has fewer. */
export function unitsAt(text: string, points: number): number {
  let units = 0;
  let left = points;
  for (const point of text) {
    if (left <= 0) break;
    units += point.length;
    left -= 1;
  }
  return units;
}

export type Passage = { readonly start: number; readonly end: number; readonly quote: string };

/** A passage that starts at code point `start`, without the blanks at its ends; null where nothing is left. */
export function passage(text: string, start: number): Passage | null {
  const quote = text.trim();
  if (quote === "") return null;
  const from = start + pointsIn(text.slice(0, text.indexOf(quote)));
  return { start: from, end: from + pointsIn(quote), quote };
}

/** The offsets of '#c=120-168' or '#120-168'; null for another fragment. */
export function cited(fragment: string): readonly [start: number, end: number] | null {
  const found = /^#(?:c=)?(\d{1,9})-(\d{1,9})$/.exec(fragment);
  if (found === null) return null;
  const [start, end] = [Number(found[1]), Number(found[2])];
  return start < end ? [start, end] : null;
}
