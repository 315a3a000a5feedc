import { join } from 'node:path'
import { ifExists } from '../local/files/disk.ts'
import { readTextFile } from '../local/files/file.ts'
import { makeOwnFolder } from '../local/files/own-folder.ts'
import { defaultManifest } from '../manifest/sample.ts'
import { error, Refusal } from '../model/diagnostic.ts'
import type { Faults } from '../sandbox/faults/faults.ts'
import type { Seed } from '../sandbox/seed.ts'
import { type Sandbox, startSandbox } from '../sandbox/server.ts'
import { anyRegion, regionOf } from '../session/connection.ts'
import { readManifest } from '../session/manifest.ts'
import type { Runtime } from '../session/runtime.ts'
import { sandboxKeys } from '../session/sandbox.ts'
import { defaultSandboxFolder } from '../session/sandbox-folder.ts'
import { contentsOf, sandboxAccount, seedOf } from '../session/sandbox-seed.ts'
import { inertJson } from '../text/json.ts'
import { quoted } from '../text/quote.ts'
import { shown } from '../text/shown.ts'

/** Options of `sandbox`. */
interface ServeOptions {
  readonly port: number
  readonly state?: string
  /** A new AWS account: no organization, no Identity Center. */
  readonly fresh: boolean
  /** A manifest whose accounts and external principals a new state holds. */
  readonly seed?: string
  /** Environment variables that this manifest may take. */
  readonly variables?: readonly string[]
  /** JSON list of accounts to add or change: id, name, ou, tags, state, policies. */
  readonly accounts?: string
  readonly import?: string
  /** Print the state and end. */
  readonly export: boolean
  /** JSON of what is to go wrong. */
  readonly faults?: string
  /** Home region of a new state; by default that of a manifest, else of the environment. */
  readonly region?: string
}

/** Runs the embedded Identity Center as a server until it is stopped. */
export async function serve(runtime: Runtime, options: ServeOptions, sources: Map<string, string>): Promise<number> {
  const stateFile = options.state ?? join(defaultSandboxFolder, 'identity-center.json')
  if (options.state === undefined) await makeOwnFolder(defaultSandboxFolder).catch(() => undefined)
  const isNew = (await ifExists(runtime.machine.files.stat(stateFile))) === undefined
  const sandbox = await start(runtime, options, sources, stateFile)
  if (options.accounts) await admin(sandbox, 'POST', '/_sandbox/accounts', await readJson(options.accounts))
  if (options.import) await admin(sandbox, 'PUT', '/_sandbox/state', await readJson(options.import))
  if (options.export) {
    runtime.out(`${inertJson(await admin(sandbox, 'GET', '/_sandbox/state'))}\n`)
    await sandbox.close()
    return 0
  }
  runtime.out(environment(sandbox.url, sandbox.region))
  // Whoever is not told where it listens has no use for it.
  if (!(await runtime.delivered())) return sandbox.close().then(() => 1)
  runtime.err(
    'The embedded Identity Center (not AWS) is listening; paste the lines above into a shell. Ctrl-C stops it.\n',
  )
  if (options.fresh)
    runtime.err(
      isNew
        ? clickText(sandbox)
        : `${shown(stateFile)} was there before, and is used as it is; for a new AWS account, stop this and delete that file.\n`,
    )
  await new Promise(() => undefined)
  return 0
}

function clickText({ url, region }: Sandbox): string {
  return `This is a new AWS account. For the click that enables Identity Center, in ${region}: curl -X POST ${url}/_sandbox/enable -d '{}'\n`
}

async function start(
  runtime: Runtime,
  options: ServeOptions,
  sources: Map<string, string>,
  stateFile: string,
): Promise<Sandbox> {
  const manifest = options.seed
    ? (await readManifest(runtime, { ...options, file: options.seed, allowUnknown: true }, sources)).manifest.manifest
    : undefined
  const region = options.region ?? manifest?.identity_center.region ?? (await regionBeside(runtime, options))
  const plain: Seed = {
    region,
    managementAccount: sandboxAccount,
    accounts: [{ id: sandboxAccount, name: 'Management' }],
  }
  const seed = manifest ? { ...seedOf(manifest), region } : plain
  const faults: Faults | undefined = options.faults ? JSON.parse(await readFaults(options.faults)) : undefined
  return runtime.busy(() =>
    startSandbox({
      stateFile,
      port: options.port,
      seed: options.fresh ? { ...seed, fresh: true } : seed,
      ...(manifest ? { presupposed: contentsOf(manifest) } : {}),
      ...(faults ? { faults } : {}),
      now: () => runtime.clock.now(),
      random: runtime.random,
    }),
  )
}

// A rehearsal is mostly one for the manifest beside it; one with errors is none, and validate tells them.
async function regionBeside(runtime: Runtime, options: ServeOptions): Promise<string> {
  const elsewhere = regionOf(runtime.env) ?? anyRegion
  try {
    const { manifest } = await readManifest(
      runtime,
      { ...options, file: defaultManifest, allowUnknown: true },
      new Map(),
    )
    return manifest.manifest.identity_center.region
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    return elsewhere
  }
}

function environment(url: string, region: string): string {
  const variables = {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: sandboxKeys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: sandboxKeys.secretAccessKey,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
  }
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}=${shown(quoted(value))}\n`)
    .join('')
}

async function admin({ url }: Sandbox, method: string, path: string, body?: string): Promise<string> {
  const answer = await fetch(url + path, { method, ...(body === undefined ? {} : { body }) })
  const text = await answer.text()
  if (answer.ok) return text
  throw new Refusal(
    error('sandbox-refused', `the sandbox refused ${path}: ${text}`, {
      hint: '--import takes what --export printed; src/sandbox/README.md lists the members of an account',
    }),
  )
}

// Either the JSON itself or a file that holds it.
async function readFaults(text: string): Promise<string> {
  return /^\s*[{[]/.test(text) ? checked(text, '--faults') : readJson(text)
}

async function readJson(file: string): Promise<string> {
  const { text } = await readTextFile(file)
  if (text === undefined)
    throw new Refusal(error('file-missing', `${file} does not exist`, { hint: 'name a file that holds JSON' }))
  return checked(text, file)
}

function checked(text: string, where: string): string {
  try {
    // Its sentence would quote a file that may be anything.
    JSON.parse(text)
    return text
  } catch {
    throw new Refusal(
      error('not-json', `${where} is not JSON`, {
        hint: 'src/sandbox/README.md shows the members',
      }),
    )
  }
}
