// Runs before anything is installed: plain Node, no packages. `node local/bootstrap.mjs start` sets up what is missing, then runs local/start.ts.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const setUpFolder = join(root, '.local');
const npmLog = join(setUpFolder, 'npm-ci.log');
const lockFile = join(setUpFolder, 'set-up.lock');
const schemaStamp = join(root, 'generated', '.made-from');
const [script, ...args] = process.argv.slice(2);

const read = (path) => readFileSync(join(root, path), 'utf8');
const json = (path) => JSON.parse(read(path));
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

class Trouble extends Error {}

try {
  refuseOldNode();
  if (!existsSync(join(root, 'local', `${script}.ts`))) throw new Trouble(`There is no local/${script}.ts to run.`);
  if (!isInstalled() || !isGenerated()) await alone(setUp);
  await run();
} catch (error) {
  console.error(error instanceof Trouble ? error.message : error);
  failed();
}

function failed() {
  process.exitCode = 1;
  // Whoever reads the result of the tests reads the last line.
  if (script === 'test') console.log('0 passed, 1 failed, 0 skipped');
}

function refuseOldNode() {
  const wanted = json('package.json').engines.node.replace('>=', '');
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [wantedMajor, wantedMinor] = wanted.split('.').map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new Trouble(
    `This is Node ${process.versions.node}; aftercare needs ${wanted} or newer: install it from https://nodejs.org.`,
  );
}

/** npm writes its own list last of all, so a half installation has none. */
function isInstalled() {
  try {
    const installed = json('node_modules/.package-lock.json').packages;
    return Object.entries(json('package-lock.json').packages).every(
      ([path, { version, optional }]) =>
        path === '' || (installed[path] ? installed[path].version === version : optional),
    );
  } catch {
    return false;
  }
}

function wantedStamp() {
  const prisma = json('package.json').devDependencies.prisma;
  return createHash('sha256').update(read('prisma/schema.prisma')).update(prisma).digest('hex');
}

function isGenerated() {
  return existsSync(schemaStamp) && readFileSync(schemaStamp, 'utf8') === wantedStamp();
}

async function setUp() {
  if (!isInstalled()) await install();
  if (!isGenerated()) await generate();
}

/** Two set-ups at once, of `npm start` and `npm test`, would tear down what the other builds. */
async function alone(work) {
  mkdirSync(setUpFolder, { recursive: true });
  for (let told = false; ; await pause(500)) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = Number(readFileSync(lockFile, 'utf8'));
    if (!isRunning(holder)) rmSync(lockFile, { force: true });
    else if (!told) console.log(`Process ${holder} is setting this folder up; waiting for it.`);
    told = true;
  }
  try {
    await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

function isRunning(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function install() {
  const packages = Object.keys(json('package-lock.json').packages).filter(Boolean);
  console.log(`Installing ${packages.length} packages (npm ci): about a minute.`);
  const began = Date.now();
  const progress = setInterval(() => {
    const there = packages.filter((path) => existsSync(join(root, path, 'package.json'))).length;
    console.log(`  ${Math.round((Date.now() - began) / 1000)} s  ${there} of ${packages.length} packages`);
  }, 5000);
  const { npm_execpath: npm } = process.env;
  const [command, ...first] = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
  const ended = await logged(command, [...first, 'ci'], process.env).finally(() => clearInterval(progress));
  if (ended.code !== 0) {
    const why = /npm error code (\S+)/.exec(ended.output)?.[1] ?? ended.output.trim().split('\n').at(-1);
    throw new Trouble(
      `The packages could not be installed (npm: ${why}): check the network and the registry that npm uses, then run this again. What npm said: ${npmLog}`,
    );
  }
}

async function generate() {
  console.log('Generating the Prisma client.');
  const cli = join(root, 'node_modules', 'prisma', 'build', 'index.js');
  const nothing = ['/bin/true', '/usr/bin/true'].find(existsSync);
  // Generating needs no engine, and nobody outside need hear of it.
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: nothing, CHECKPOINT_DISABLE: '1' };
  const ended = await logged(process.execPath, [cli, 'generate'], env);
  if (ended.code !== 0) throw new Trouble(`The Prisma client could not be generated:\n${ended.output.trim()}`);
  writeFileSync(schemaStamp, wantedStamp());
}

function logged(command, parameters, env) {
  const log = createWriteStream(npmLog);
  const child = spawn(command, parameters, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const letGo = passSignals(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk;
      log.write(chunk);
    });
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('close', (code) => resolve({ code, output }));
  }).finally(() => {
    letGo();
    log.end();
  });
}

/** The script has a channel to us: when we are killed it closes, and the script stops what it started. */
function run() {
  const file = join('local', `${script}.ts`);
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  passSignals(child);
  // npm that was killed cannot tell us; then nobody would ever stop what runs here.
  const ancestors = parents();
  if (process.env.npm_lifecycle_event) setInterval(() => parents() !== ancestors && child.kill('SIGTERM'), 250).unref();
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => {
      process.exitCode = code;
      if (signal) {
        console.error(`local/${script}.ts was ended by ${signal}.`);
        failed();
      }
      resolve();
    });
  });
}

/** npm runs us through a shell, so npm is the parent of our parent. */
function parents() {
  try {
    return `${process.ppid} ${/\) \S (\d+)/.exec(readFileSync(`/proc/${process.ppid}/stat`, 'utf8'))?.[1]}`;
  } catch {
    return String(process.ppid);
  }
}

function passSignals(child) {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const pass = (signal) => child.kill(signal);
  for (const signal of signals) process.on(signal, pass);
  return () => signals.forEach((signal) => process.off(signal, pass));
}
