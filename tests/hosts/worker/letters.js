// The dead-letter queue's consumer in the tests: it tells the test of each letter.
export default {
  async queue(batch, { ADDRESS }) {
    await fetch(ADDRESS, { method: "POST", body: JSON.stringify(batch.messages.map(({ body }) => body)) });
  },
};
