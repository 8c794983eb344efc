// What stands between a receiver and its PostgreSQL, and may fail.
import { connect, createServer } from "node:net";

/** Another address of the database at `url`. */
export async function openProxy(url) {
  const { hostname, port } = new URL(url);
  const sockets = new Set();
  let isCut = false;
  let isWanted;
  const server = createServer((client) => {
    if (isCut) return client.destroy();
    const database = connect(Number(port), hostname);
    let [isAsked, isSilent] = [false, false];
    const end = () => {
      client.destroy();
      database.destroy();
      sockets.delete(ways);
    };
    const ways = { end, fallSilent: () => (isSilent = true) };
    sockets.add(ways);
    for (const socket of [client, database]) socket.on("error", end).on("close", end);
    client.on("data", (chunk) => {
      if (isSilent) return;
      isAsked = isWanted?.question(chunk) ?? false;
      database.write(chunk);
    });
    database.on("data", (chunk) => {
      if (isSilent) return;
      if (!isAsked || !isWanted?.answer(chunk)) return client.write(chunk);
      isWanted.done();
      isWanted = undefined;
      end();
    });
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const breakAll = () => {
    for (const { end } of sockets) end();
  };
  const place = new URL(url);
  place.port = String(server.address().port);
  return {
    url: place.href,
    /** The connection breaks at the next answer to such a question: the database has done it, and nobody hears of it. */
    loseAnswer: (question, answer) => new Promise((done) => (isWanted = { question, answer, done })),
    /** The connections that there are stay open, and nothing comes through them any more. */
    fallSilent() {
      for (const { fallSilent } of sockets) fallSilent();
    },
    cut() {
      isCut = true;
      breakAll();
    },
    mend: () => (isCut = false),
    close() {
      breakAll();
      server.close();
    },
  };
}
