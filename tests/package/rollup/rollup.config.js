import commonjs from "@rollup/plugin-commonjs";
import resolve from "@rollup/plugin-node-resolve";

// Segment's loader depends on CommonJS packages.
export default {
  input: ["shop.js", "unused.js"],
  output: { dir: "dist" },
  plugins: [resolve({ browser: true }), commonjs()],
};
