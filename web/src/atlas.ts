// The outlines of countries, fetched from our own server when a map wants them: coarse at first (110m), finer once zoomed in
// (50m). Never the 10m: its rings are wound so that clipping fills the whole view with land.
import type { Feature, FeatureCollection, Geometry, MultiLineString, MultiPolygon } from "geojson";
import { feature, merge, mesh } from "topojson-client";
import type { GeometryCollection, MultiPolygon as Multi, Polygon, Topology } from "topojson-specification";
import fine from "world-atlas/countries-50m.json";
import coarse from "world-atlas/countries-110m.json";

type Named = { readonly name: string };
type World = Topology<{ countries: GeometryCollection<Named> }>;
export type Country = Feature<Geometry, Named>;
export type Atlas = {
  readonly land: MultiPolygon;
  readonly borders: MultiLineString;
  readonly countries: readonly Country[];
};
export type Detail = "coarse" | "fine";

const ADDRESS: Readonly<Record<Detail, string>> = { coarse, fine };
const asked = new Map<Detail, Promise<Atlas>>();

/** The atlas of one detail; it is fetched once a page. */
export function atlas(detail: Detail): Promise<Atlas> {
  const before = asked.get(detail);
  if (before) return before;
  const now = fetched(ADDRESS[detail]);
  asked.set(detail, now);
  now.catch(() => asked.delete(detail));
  return now;
}

async function fetched(address: string): Promise<Atlas> {
  const answer = await fetch(new URL(address, import.meta.url));
  if (!answer.ok) throw new Error(`the outlines of countries did not come: ${answer.status}`);
  const world = (await answer.json()) as World;
  const all = world.objects.countries;
  const areas = all.geometries.filter((one): one is Polygon<Named> | Multi<Named> => "arcs" in one);
  const countries: FeatureCollection<Geometry, Named> = feature(world, all);
  return {
    land: merge(world, areas),
    borders: mesh(world, all, (a, b) => a !== b),
    countries: countries.features,
  };
}
