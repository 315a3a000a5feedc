import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  constants,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { print } from './runner.mjs'

/** Releases hold the package; nobody else can publish there under this name. */
const releases = 'https://github.com/sso-reconcile/sso-reconcile/releases/download'

/**
 * Makes sure that there is a sso-reconcile: the one on PATH, or the package of the release that was asked for.
 * @param {import('./context.mjs').Context} context
 */
export function provide({ version, sha256, event, workspace }) {
  const found = onPath()
  if (found === undefined) return inEmptyFolder((folder) => install(version, sha256, folder))
  if (event === 'pull_request' && workspace && isInside(workspace, found))
    throw new Error(
      `${found} is in the checkout, where the pull request decides what it does; install sso-reconcile elsewhere, or leave it to this action`,
    )
}

function onPath() {
  const places = (process.env.PATH ?? '').split(delimiter).map((folder) => resolve(folder, 'sso-reconcile'))
  return places.find((place) => {
    try {
      accessSync(place, constants.X_OK)
      return statSync(place).isFile()
    } catch {
      return false
    }
  })
}

function isInside(folder, path) {
  const way = relative(realpathSync(folder), realpathSync(path))
  return !isAbsolute(way) && way.split(sep)[0] !== '..'
}

function install(version, sha256, folder) {
  const address = `${releases}/v${version}/sso-reconcile-${version}.tgz`
  const install = (what) => npm(['install', '--global', ...quietly, what], version, folder)
  if (sha256 === '') return install(address)
  npm(['pack', '--ignore-scripts', '--pack-destination', folder, address], version, folder)
  const file = join(folder, `sso-reconcile-${version}.tgz`)
  const sum = createHash('sha256').update(readFileSync(file)).digest('hex')
  if (sum !== sha256) throw new Error(`sso-reconcile ${version} is not the package you named: its sha256 is ${sum}`)
  install(file)
}

const quietly = ['--ignore-scripts', '--no-audit', '--no-fund']

function npm(words, version, cwd) {
  const { status, stdout, stderr, error } = spawnSync('npm', words, { cwd, env: childEnvironment(), encoding: 'utf8' })
  print(`${stdout ?? ''}${stderr ?? ''}`)
  if (error || status !== 0)
    throw new Error(
      `npm could not install sso-reconcile ${version}${error ? ` (${error.message})` : ''}; install it in a step before this one`,
    )
}

// In the checkout, npm would read settings that the pull request may have written.
function inEmptyFolder(act) {
  const folder = newFolder()
  try {
    return act(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Runs sso-reconcile to its end. What it tells goes to the log as it comes: its messages, and of each line of its output what `told` makes of it.
 * @param {readonly string[]} words
 * @param {string} cwd
 * @param {(line: string) => string} [told]
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>}
 */
export async function run(words, cwd, told = () => '') {
  let child
  const stop = heard((signal) => child?.kill(signal))
  child = spawn('sso-reconcile', words, { cwd, env: childEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { stdout: '', stderr: '' }
  const tell = (lines) => print(lines.split('\n').map(told).filter(Boolean).join('\n'))
  const logged = { stdout: inLines(tell), stderr: inLines(print) }
  for (const stream of ['stdout', 'stderr'])
    child[stream].setEncoding('utf8').on('data', (text) => {
      said[stream] += text
      logged[stream].add(text)
    })
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject)
    // Without a code, a signal ended it.
    child.once('close', (status) => resolve(status ?? 1))
  })
  stop()
  logged.stdout.end()
  logged.stderr.end()
  return { code, ...said }
}

// A chunk may end within a line, and half a line is not to be read.
function inLines(log) {
  let rest = ''
  return {
    add(text) {
      const end = text.lastIndexOf('\n') + 1
      if (end > 0) log(rest + text.slice(0, end - 1))
      rest = end > 0 ? text.slice(end) : rest + text
    },
    end: () => log(rest),
  }
}

/**
 * Shows a complete plan in a format, as sso-reconcile shows it.
 * @param {string} text The plan as JSON
 * @param {'text' | 'markdown'} format
 */
export async function show(text, format) {
  const folder = newFolder()
  try {
    const path = join(folder, 'plan.json')
    writeFileSync(path, text, { mode: 0o600 })
    const { code, stdout } = await run(['show', path, '--format', format, '--quiet'], folder)
    if (code !== 0) throw new Error('the plan could not be shown; the log has the error of sso-reconcile')
    return stdout
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function newFolder() {
  return mkdtempSync(join(process.env.RUNNER_TEMP || tmpdir(), 'sso-reconcile-'))
}

// A job that is cancelled lets an apply finish what it has begun, and this tell how it ended.
function heard(pass) {
  const signals = ['SIGINT', 'SIGTERM']
  for (const signal of signals) process.on(signal, pass)
  return () => {
    for (const signal of signals) process.off(signal, pass)
  }
}

// The token is for comments; nothing else is to hold it.
function childEnvironment() {
  const { INPUT_GITHUB_TOKEN: _token, ...env } = process.env
  return env
}
