// Makes every way out of the process throw: sockets, programs, and writing to files.
import childProcess from "node:child_process";
import dgram from "node:dgram";
import dns from "node:dns";
import fs from "node:fs";
import http from "node:http";
import https from "node:https";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import tls from "node:tls";
import worker from "node:worker_threads";

type Member = { readonly of: object; readonly name: string };

const members = (of: object, ...names: readonly string[]): readonly Member[] =>
  names.map((name) => ({ of, name }));

const WAYS: readonly Member[] = [
  ...members(childProcess, "spawn", "spawnSync", "exec", "execSync", "execFile", "execFileSync", "fork"),
  ...members(net, "connect", "createConnection", "createServer"),
  ...members(net.Socket.prototype, "connect"),
  ...members(http, "request", "get", "createServer"),
  ...members(https, "request", "get"),
  ...members(tls, "connect"),
  ...members(dgram, "createSocket"),
  ...members(dns, "lookup", "resolve", "resolve4", "resolve6"),
  ...members(dns.promises, "lookup", "resolve", "resolve4", "resolve6"),
  ...members(worker, "Worker"),
  ...members(globalThis, "fetch"),
  ...members(
    fs,
    "writeFile",
    "writeFileSync",
    "appendFile",
    "appendFileSync",
    "createWriteStream",
    "mkdir",
    "mkdirSync",
  ),
  ...members(
    fs,
    "rename",
    "renameSync",
    "rm",
    "rmSync",
    "unlink",
    "unlinkSync",
    "write",
    "writeSync",
    "copyFile",
    "link",
    "symlink",
    "truncate",
    "mkdtemp",
  ),
  ...members(fs.promises, "link", "symlink", "truncate", "mkdtemp", "cp"),
  ...members(fs.promises, "writeFile", "appendFile", "mkdir", "rename", "rm", "unlink", "copyFile", "chmod"),
];

/** What was tried all the same, beside what the call gives. */
export async function withNothingOutside<T>(
  call: () => Promise<T>,
): Promise<{ readonly value: T; readonly tried: readonly string[] }> {
  const tried: string[] = [];
  const before = WAYS.map(({ of, name }) => ({ of, name, was: Reflect.get(of, name) }));
  for (const { of, name } of WAYS) {
    Reflect.set(of, name, () => {
      tried.push(name);
      throw new Error(`${name} reaches outside`);
    });
  }
  syncBuiltinESMExports();
  try {
    return { value: await call(), tried };
  } finally {
    for (const { of, name, was } of before) Reflect.set(of, name, was);
    syncBuiltinESMExports();
  }
}
