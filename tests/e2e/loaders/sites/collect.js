// Stands for a vendor's own delivery, where the loader has none of its own.
export const collect = (payload) => {
  fetch("https://collect.test/", { method: "POST", body: JSON.stringify(payload) });
};
