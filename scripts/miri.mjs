// `npm run miri`: the boundary's memory under Miri, which notices undefined behaviour. All `unsafe` is in src/wasm/.
import { Failure, main, nightly, output, run } from "./command.mjs";

await main(import.meta.url, async (args) => {
  const toolchain = nightly();
  if (!toolchain || !output("cargo", [`+${toolchain}`, "miri", "--version"])) {
    throw new Failure("Miri is not installed: please run `rustup toolchain install nightly --component miri --component rust-src`.");
  }
  // The allocator makes pointers of addresses, as all allocators of wasm do: without the flag each run warns of it.
  const env = { ...process.env, MIRIFLAGS: `-Zmiri-permissive-provenance ${process.env.MIRIFLAGS ?? ""}` };
  run("cargo", [`+${toolchain}`, "miri", "test", "--locked", "--test", "memory", ...args], { env });
});
