import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import pg from "pg";
import { freePort } from "@/server/embedded/host/free-port";
import { startTemporaryPostgres } from "@/server/embedded/postgres/temporary-postgres";
import { type Balancer, startBalancer } from "./balancer";
import { type FirstStart, ScaledNode } from "./node";

/** Two nodes behind a balancer, on one database and one store of files. */
export interface Cluster {
  readonly balancer: Balancer;
  readonly nodes: readonly [ScaledNode, ScaledNode];
  readonly first: FirstStart;
  readonly db: pg.Client;
  close(): Promise<void>;
}

/** Far above what the tests send, until they set a limit of their own. */
const UNLIMITED = "1000000000";

export async function openCluster(): Promise<Cluster> {
  const folder = await mkdtemp(path.join(tmpdir(), "trailport-scaled-"));
  const postgres = await startTemporaryPostgres();
  const urls = [`http://127.0.0.1:${await freePort()}`, `http://127.0.0.1:${await freePort()}`] as const;
  const balancer = await startBalancer(urls);
  const secret = () => randomBytes(24).toString("hex");
  const variables = {
    DATABASE_URL: postgres.url,
    PUBLIC_URL: balancer.url,
    AUTH_SECRET: secret(),
    DOWNLOAD_SECRET: secret(),
    TRUST_PROXY: "1",
    RATE_LIMIT_PER_MINUTE: UNLIMITED,
    EVENT_LIMIT_PER_MINUTE: UNLIMITED,
    // Much longer than the balancer needs to notice, even on a busy machine.
    DRAIN_SECONDS: "5",
    ...(await fileStore(folder)),
  };
  const nodeAt = (url: string, name: string) => new ScaledNode(url, path.join(folder, name), variables);
  const nodes = [nodeAt(urls[0], "node-1"), nodeAt(urls[1], "node-2")] as const;
  const db = new pg.Client({ connectionString: postgres.url });
  const close = async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await balancer.close();
    await db.end();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    for (const node of nodes) {
      await node.start();
      await balancer.untilServing(node.url);
    }
    await db.connect();
    return { balancer, nodes, first: await nodes[0].firstStart(), db, close };
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
}

/** Returns the variables for a new bucket if an S3 server for tests is running, and otherwise for a shared folder. */
async function fileStore(folder: string): Promise<Record<string, string>> {
  const endpoint = process.env["TEST_S3_ENDPOINT"];
  if (!endpoint) return { BLOB_STORE_URL: pathToFileURL(path.join(folder, "files")).href };
  const bucket = `trailport-scaled-${randomBytes(6).toString("hex")}`;
  const credentials = { accessKeyId: "trailport-test", secretAccessKey: "trailport-test-secret" };
  const client = new S3Client({ endpoint, region: "us-east-1", credentials, forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  client.destroy();
  return {
    BLOB_STORE_URL: `s3://${bucket}/files?path_style=true&downloads=stream`,
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
}
