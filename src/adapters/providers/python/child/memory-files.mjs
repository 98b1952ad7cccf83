// The interpreter's memory file system: captured files in, whatever a script left behind out, and a limit on both.

const EROFS = 69;
const ENOSPC = 51;
const MOST_NODES = 20_000;
const ROOT = "/work";
const FIRST_OWN_STREAM = 3;

/** `FS` is Emscripten's. What stands in it now is the base, which no script may change. */
export function memoryFiles(FS, quota) {
  FS.mkdirTree(ROOT);
  const top = FS.lookupPath("/").node;
  const base = new Set(nodesBelow(top));
  const standard = FS.streams.slice(0, FIRST_OWN_STREAM);
  const space = spaceLeft(() => [...nodesBelow(top)].filter((node) => !base.has(node)), quota, FS);
  // Nothing of the host can be mounted, not even what the permission model would let be read.
  for (const kind of Object.keys(FS.filesystems)) if (kind !== "MEMFS") delete FS.filesystems[kind];
  guardBase(FS, base);
  guardSpace(FS, space);

  return {
    /** Writes a piece of a captured file; the first one (`at` 0) makes the file and its folders. */
    put(path, size, at, bytes) {
      const full = `${ROOT}/${path}`;
      if (at === 0) {
        FS.mkdirTree(parentOf(full));
        FS.writeFile(full, new Uint8Array(0));
        FS.truncate(full, size);
      }
      const stream = FS.open(full, "r+");
      FS.write(stream, bytes, 0, bytes.length, at);
      FS.close(stream);
    },
    /** A second name for a captured file, for scripts that are given its absolute path. */
    link(path, absolute) {
      if (FS.analyzePath(absolute).exists) return;
      FS.mkdirTree(parentOf(absolute));
      FS.symlink(`${ROOT}/${path}`, absolute);
    },
    /** False when the standard streams are not what they were. */
    wipe() {
      for (const stream of FS.streams.slice(FIRST_OWN_STREAM)) if (stream) FS.close(stream);
      FS.chdir(ROOT);
      removeBelow(FS, top, base);
      space.forget();
      return standard.every((stream, i) => stream && FS.streams[i] === stream);
    },
  };
}

/** Counts up, and recounts what is there only when the count says the limit is reached. */
function spaceLeft(ownNodes, quota, FS) {
  let bytes = 0;
  let nodes = 0;
  const isOver = () => bytes > quota || nodes > MOST_NODES;
  return {
    charge(moreBytes, moreNodes) {
      bytes += moreBytes;
      nodes += moreNodes;
      if (!isOver()) return;
      const own = ownNodes();
      bytes = own.reduce((sum, node) => sum + sizeOf(node), moreBytes);
      nodes = own.length + moreNodes;
      if (isOver()) throw new FS.ErrnoError(ENOSPC);
    },
    forget() {
      bytes = 0;
      nodes = 0;
    },
  };
}

function guardSpace(FS, space) {
  const { dir, file } = FS.filesystems.MEMFS.ops_table;
  before(file.stream, "write", (stream, _buffer, _offset, length, position) =>
    space.charge(Math.max(0, position + length - stream.node.usedBytes), 0),
  );
  before(file.node, "setattr", (node, { size }) => {
    if (size !== undefined) space.charge(Math.max(0, size - node.usedBytes), 0);
  });
  before(dir.node, "mknod", () => space.charge(0, 1));
  before(dir.node, "symlink", (_parent, _name, target) => space.charge(target.length, 1));
}

function guardBase(FS, base) {
  const { dir, file } = FS.filesystems.MEMFS.ops_table;
  const keep = (node) => {
    if (base.has(node)) throw new FS.ErrnoError(EROFS);
  };
  before(file.stream, "write", (stream) => keep(stream.node));
  before(file.stream, "msync", (stream) => keep(stream.node));
  before(file.node, "setattr", keep);
  before(dir.node, "setattr", keep);
  before(dir.node, "unlink", (parent, name) => keep(parent.contents[name]));
  before(dir.node, "rmdir", (parent, name) => keep(parent.contents[name]));
  before(dir.node, "rename", keep);
}

function before(operations, name, check) {
  const real = operations[name];
  operations[name] = (...given) => {
    check(...given);
    return real(...given);
  };
}

/** Node by node, not path by path: a script may have gone down ten thousand folders. */
function removeBelow(FS, top, base) {
  for (const node of [...nodesBelow(top)]) {
    if (base.has(node)) continue;
    delete node.parent.contents[node.name];
    FS.destroyNode(node);
  }
}

const isFolder = (node) => (node.mode & 0o170000) === 0o040000;
const parentOf = (path) => path.slice(0, path.lastIndexOf("/")) || "/";
const sizeOf = (node) => node.link?.length ?? node.usedBytes ?? 0;

function* nodesBelow(top) {
  const rest = [top];
  for (let node = rest.pop(); node; node = rest.pop()) {
    yield node;
    if (isFolder(node) && !node.mounted) rest.push(...Object.values(node.contents));
  }
}
