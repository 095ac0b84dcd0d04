// What listens in the pod: the first byte of a connection asks for one byte, or for as many as the argument says.
import { createServer } from "node:net";

const bytes = Number(process.argv[2]);
const piece = Buffer.alloc(64 * 1024, "x");

const server = createServer((socket) => {
  socket.on("error", () => {});
  socket.once("data", (asked) => {
    if (asked.toString() !== "m") {
      socket.end("x");
      return;
    }
    let left = bytes;
    const write = () => {
      while (left > 0) {
        const part = piece.subarray(0, Math.min(left, piece.length));
        left -= part.length;
        if (!socket.write(part)) return;
      }
      socket.off("drain", write).end();
    };
    socket.on("drain", write);
    write();
  });
});
server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
process.on("disconnect", () => process.exit());
