// Real servers on this machine that must, or must not, be reached; they count who comes.
import { createServer as createHttpServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";

export type Canary = {
  readonly port: number;
  /** Requests, or connections where no HTTP is spoken. */
  readonly visits: () => number;
  readonly close: () => Promise<void>;
};

export const canary = (answer: RequestListener, host = "127.0.0.1", port = 0): Promise<Canary> => {
  let visits = 0;
  const server = createHttpServer((request, response) => {
    visits += 1;
    answer(request, response);
  });
  return listening(server, () => visits, host, port);
};

/** Whatever it says, it says it bare. */
export const rawCanary = (greet: (socket: Socket) => void): Promise<Canary> => {
  let visits = 0;
  const server = createTcpServer((socket) => {
    visits += 1;
    socket.on("error", () => socket.destroy());
    greet(socket);
  });
  return listening(server, () => visits, "127.0.0.1", 0);
};

async function listening(server: Server, visits: () => number, host: string, port: number): Promise<Canary> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: isAddress(address) ? address.port : 0,
    visits,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

const isAddress = (address: ReturnType<Server["address"]>): address is AddressInfo =>
  typeof address === "object" && address !== null;
