// Boxes and arcs of longitude, and how large a mark is: the arithmetic of the map, without a page. Degrees throughout.
export type Point = readonly [lon: number, lat: number];
/** west > east: the box crosses the antimeridian (as in GeoJSON, RFC 7946, 5.2). */
export type Box = { readonly west: number; readonly south: number; readonly east: number; readonly north: number };

/** The same longitude within -180 to 180. */
export function wrapped(lon: number): number {
  const turned = ((((lon + 180) % 360) + 360) % 360) - 180;
  return turned === -180 && lon > 0 ? 180 : turned;
}

/** The middle of the arc, of half a turn at most, that holds all longitudes and crosses the antimeridian; 0 where none does. */
export function middleOf(lons: readonly number[]): number {
  const sorted = [...new Set(lons.map(wrapped))].sort((a, b) => a - b);
  const first = sorted[0];
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return 0;
  // The widest gap is what the arc leaves out. Left out over the antimeridian, the usual map will do.
  let widest = first + 360 - last;
  let middle = 0;
  for (const [index, lon] of sorted.entries()) {
    const next = sorted[index + 1];
    if (next === undefined || next - lon <= widest) continue;
    widest = next - lon;
    middle = wrapped((next + lon + 360) / 2);
  }
  return widest < 180 ? 0 : middle;
}

/** The box around points, none of them more than half a turn from `centre`; null without points. */
export function boxAround(points: readonly Point[], centre: number): Box | null {
  if (points.length === 0) return null;
  const lons = points.map(([lon]) => wrapped(lon - centre));
  const lats = points.map(([, lat]) => lat);
  return {
    west: wrapped(Math.min(...lons) + centre),
    south: Math.max(-90, Math.min(...lats)),
    east: wrapped(Math.max(...lons) + centre),
    north: Math.min(90, Math.max(...lats)),
  };
}

/** 'w,s,e,n' in degrees, to a thousandth (a hundred metres). */
export function boxText(box: Box): string {
  return [box.west, box.south, box.east, box.north].map((value) => String(Number(value.toFixed(3)))).join(",");
}

/** The box that 'w,s,e,n' says; null where it says none. */
export function boxIn(text: string): Box | null {
  const [west, south, east, north, ...more] = text
    .split(",")
    .map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (west === undefined || south === undefined || east === undefined || north === undefined || more.length)
    return null;
  const isBox =
    [west, south, east, north].every(Number.isFinite) && south <= north && Math.abs(south) <= 90 && north <= 90;
  return isBox && Math.abs(west) <= 180 && Math.abs(east) <= 180 ? { west, south, east, north } : null;
}

/** The outline of a box, a point each degree, so that it bends as the map does. */
export function outlineOf(box: Box): Point[] {
  const width = box.west <= box.east ? box.east - box.west : box.east + 360 - box.west;
  const steps = Math.max(1, Math.ceil(width));
  const along = (lat: number): Point[] =>
    Array.from({ length: steps + 1 }, (_, step): Point => [box.west + (width * step) / steps, lat]);
  return [...along(box.south), ...along(box.north).reverse(), [box.west, box.south]];
}

/** The radius in pixels of a mark for `count` of at most `most`: its area grows with the count, and it can always be hit. */
export function radius(count: number, most: number): number {
  const share = most > 0 ? Math.max(count, 0) / most : 0;
  return most <= 1 ? 6 : 5 + 13 * Math.sqrt(share);
}
