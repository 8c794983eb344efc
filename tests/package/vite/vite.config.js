// Vite takes one page by default.
export default { build: { rollupOptions: { input: ["index.html", "unused.html"] } } };
