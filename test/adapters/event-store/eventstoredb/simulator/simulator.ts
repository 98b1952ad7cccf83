// A server of EventStoreDB on the wire, in memory: the real client speaks to it as to any other. Built on the
// stubs that the client brings. It is as strict as the server where the store relies on it, and knows nothing else.
import type { IGossipServer } from "@eventstore/db-client/generated/gossip_grpc_pb.js";
import gossip from "@eventstore/db-client/generated/gossip_grpc_pb.js";
import members from "@eventstore/db-client/generated/gossip_pb.js";
import type { IServerFeaturesServer } from "@eventstore/db-client/generated/serverfeatures_grpc_pb.js";
import features from "@eventstore/db-client/generated/serverfeatures_grpc_pb.js";
import supported from "@eventstore/db-client/generated/serverfeatures_pb.js";
import shared from "@eventstore/db-client/generated/shared_pb.js";
import type { IStreamsServer } from "@eventstore/db-client/generated/streams_grpc_pb.js";
import streams from "@eventstore/db-client/generated/streams_grpc_pb.js";
import { Server, ServerCredentials, status } from "@grpc/grpc-js";
import { appendHandler, batchHandler } from "./appending.ts";
import { type Faults, faults as noFaults } from "./faults.ts";
import { readHandler } from "./reading.ts";
import { type ServerLog, serverLog } from "./server-log.ts";

export type Simulator = {
  readonly port: number;
  readonly log: ServerLog;
  readonly faults: Faults;
  /** `esdb://…`, or found by asking the cluster. */
  readonly url: (kind?: "esdb" | "esdb+discover") => string;
  /** How many appends came each way. */
  readonly appends: () => { readonly batch: number; readonly single: number };
  /** At once, with every connection. */
  readonly stop: () => void;
};

export type SimulatorOptions = {
  readonly batch: boolean;
  readonly log?: ServerLog;
  /** Any free one by default; the same again for a restart. */
  readonly port?: number;
};

const unimplemented = { code: status.UNIMPLEMENTED, details: "not simulated" };

export async function simulator(options: SimulatorOptions): Promise<Simulator> {
  const { batch, log = serverLog() } = options;
  const faults = noFaults();
  const counted = { batch: 0, single: 0 };
  const server = new Server();
  const single = appendHandler(log, faults);
  const many = batchHandler(log, faults);
  let port = options.port ?? 0;

  const aboutServer: IServerFeaturesServer = {
    getSupportedMethods: (_call, answer) => answer(null, supportedMethods(batch)),
  };
  const aboutCluster: IGossipServer = { read: (_call, answer) => answer(null, cluster(port)) };
  const aboutStreams: IStreamsServer = {
    read: readHandler(log, faults),
    append: (call, answer) => {
      counted.single += 1;
      single(call, answer);
    },
    batchAppend: (call) => {
      call.on("data", () => {
        counted.batch += 1;
      });
      many(call);
    },
    delete: (_call, answer) => answer(unimplemented),
    tombstone: (_call, answer) => answer(unimplemented),
  };
  server.addService(features.ServerFeaturesService, aboutServer);
  server.addService(gossip.GossipService, aboutCluster);
  server.addService(streams.StreamsService, aboutStreams);
  port = await bound(server, port);
  return {
    port,
    log,
    faults,
    url: (kind = "esdb") => `${kind}://127.0.0.1:${port}?tls=false`,
    appends: () => ({ ...counted }),
    stop: () => server.forceShutdown(),
  };
}

const bound = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, found) =>
      error ? reject(error) : resolve(found),
    );
  });

function supportedMethods(batch: boolean) {
  const names = ["read", "append", ...(batch ? ["batchappend"] : [])];
  const methods = names.map((name) =>
    new supported.SupportedMethod()
      .setMethodName(name)
      .setServiceName("event_store.client.streams.streams")
      .setFeaturesList([]),
  );
  return new supported.SupportedMethods()
    .setEventStoreServerVersion("23.10.0-simulated")
    .setMethodsList(methods);
}

/** One node, which leads. */
function cluster(port: number) {
  const member = new members.MemberInfo()
    .setInstanceId(new shared.UUID().setString("11111111-1111-4111-8111-111111111111"))
    .setState(members.MemberInfo.VNodeState.LEADER)
    .setIsAlive(true)
    .setTimeStamp("0")
    .setHttpEndPoint(new members.EndPoint().setAddress("127.0.0.1").setPort(port));
  return new members.ClusterInfo().setMembersList([member]);
}
