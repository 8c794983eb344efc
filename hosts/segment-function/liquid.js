// It takes the place of js/engine/glue.js: a pasted file can load nothing, and LiquidJS would be another 82 KB of it.
import { failure } from "../../js/errors.js";

export const loadLiquid = async () => {
  throw failure("liquid_unavailable", "Mappings with @liquid do not work in a Segment function; use @template instead");
};
