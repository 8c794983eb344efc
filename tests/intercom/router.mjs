// Which endpoint a method and a path mean.

/** `table` has rows `[method, pattern, work]`; of two patterns that fit, the earlier row wins. */
export function createRouter(table) {
  const routes = table.map(([method, pattern, work]) => ({
    method,
    endpoint: `${method} ${pattern}`,
    parts: pattern.slice(1).split("/"),
    isSearch: pattern.endsWith("/search"),
    work,
  }));

  return (method, path) => {
    const [address, query = ""] = path.split("#")[0].split("?");
    const parts = address.replace(/^\/|\/$/g, "").split("/");
    const fits = (route) =>
      route.method === method &&
      route.parts.length === parts.length &&
      route.parts.every((part, index) => part.startsWith("{") || part === parts[index]);
    const route = routes.find(fits);
    if (!route) return undefined;
    const values = {};
    route.parts.forEach((part, index) => {
      if (part.startsWith("{")) values[part.slice(1, -1)] = decode(parts[index]);
    });
    return { ...route, values, query: new URLSearchParams(query) };
  };
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
