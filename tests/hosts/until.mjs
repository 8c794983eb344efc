/** Waits until `isSo()`, for `patience` milliseconds at most. */
export async function until(isSo, what, patience = 30_000) {
  const end = Date.now() + patience;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`After ${patience} ms still not: ${what}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}
