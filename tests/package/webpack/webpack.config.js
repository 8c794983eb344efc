export default {
  mode: "production",
  entry: { shop: "./shop.js", unused: "./unused.js" },
  performance: { hints: false },
};
