/** Of a record's entries those whose names the environment's `variable` lists, with a semicolon between two; all, if there is none. */
export function tried(variable, all) {
  const names = process.env[variable]?.split(";");
  return names ? Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name))) : all;
}
