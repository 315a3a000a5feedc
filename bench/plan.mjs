// Wall time and AWS calls of plan and apply, against the embedded Identity Center. Usage: node bench/plan.mjs [S] [M] [L]
//
// A plan is timed with 50 ms before each answer, and against a limit of 20 calls a second, as Identity Center has it. The time is
// that of the whole process, from its start to its end. The last column is what a plan asks besides when it takes assignments away
// from groups that the manifest does not mention: who is in these groups.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

const sizes = {
  S: { users: 1, sets: 1, accounts: 1, each: 1, groups: 1 },
  M: { users: 20, sets: 10, accounts: 10, each: 10, groups: 5 },
  L: { users: 100, sets: 30, accounts: 50, each: 20, groups: 20 },
}
const binary = resolve(process.env.SSO_RECONCILE_CLI || 'dist/cli.js')
const management = '111122223333'

const chosen = process.argv.slice(2).length > 0 ? process.argv.slice(2) : Object.keys(sizes)
const rows = []
for (const name of chosen) {
  const size = sizes[name]
  if (!size) throw new Error(`${name} is not a size; sizes are ${Object.keys(sizes).join(', ')}`)
  rows.push({ size: name, assignments: size.users * size.each, ...(await measure(size)) })
}
process.stdout.write(table(rows))

async function measure(size) {
  const folder = mkdtempSync(join(tmpdir(), 'sso-reconcile-bench-'))
  mkdirSync(join(folder, 'home'))
  writeFileSync(join(folder, 'sso.yaml'), JSON.stringify(manifestOf(size)))
  const server = await serve(folder)
  try {
    await admin(
      server,
      'POST',
      'accounts',
      accountsOf(size).map((id, index) => ({ id, name: `Account ${index}` })),
    )
    await admin(server, 'PUT', 'faults', { latency: 50 })
    const apply = await run(server, folder, 'apply', '--yes', '--json')
    const plan = await run(server, folder, 'plan', '--check')
    await admin(server, 'PUT', 'faults', {})
    const near = await run(server, folder, 'plan', '--check')
    await admin(server, 'PUT', 'faults', { rules: [{ kind: 'throttle', perSecond: 20 }] })
    const limited = await run(server, folder, 'plan', '--check')
    await admin(server, 'PUT', 'faults', {})
    await admin(server, 'POST', 'contents', strangers(size))
    const guarded = await run(server, folder, 'plan', '--max-deletes', '9999')
    return {
      'plan calls': plan.calls,
      'plan, no latency': seconds(near),
      'plan, 50 ms': seconds(plan),
      'plan, 20/s': seconds(limited),
      throttled: `${Math.round((100 * limited.throttled) / limited.calls)} %`,
      'apply calls': apply.calls,
      'apply, 50 ms': seconds(apply),
      'for guards': `${guarded.counts['identitystore:ListGroupMemberships'] ?? 0} for ${size.groups} groups`,
    }
  } finally {
    server.child.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Everybody is assigned to as many accounts as `each` says; sets go round. */
function manifestOf({ users, sets, each, ...size }) {
  const ids = accountsOf(size)
  const numbered = (count, entry) => Object.fromEntries(Array.from({ length: count }, (_, index) => entry(index)))
  return {
    version: 1,
    identity_center: { region: 'eu-west-1' },
    users: numbered(users, (n) => [
      `user${n}`,
      { given_name: 'User', family_name: `${n}`, email: `user${n}@example.com` },
    ]),
    permission_sets: numbered(sets, (n) => [
      `Set${n}`,
      { session_duration: '8h', managed_policies: ['ReadOnlyAccess'] },
    ]),
    assignments: Array.from({ length: users * each }, (_, index) => {
      const [user, nth] = [Math.floor(index / each), index % each]
      return {
        users: [`user${user}`],
        permission_sets: [`Set${(user + nth) % sets}`],
        accounts: [ids[(user + nth) % ids.length]],
      }
    }),
  }
}

/** Groups that the manifest does not mention, each with members and with a set on the management account. */
function strangers({ groups, users }) {
  const names = Array.from({ length: groups }, (_, index) => `strangers${index}`)
  return {
    groups: names.map((displayName, index) => ({ displayName, members: [`user${index % users}`] })),
    assignments: names.map((group) => ({ group, permissionSet: 'Set0', account: management })),
  }
}

function accountsOf({ accounts }) {
  return Array.from({ length: accounts }, (_, index) => (index === 0 ? management : String(200_000_000_000 + index)))
}

async function serve(folder) {
  const words = ['sandbox', '--port', '0', '--state', join(folder, 'state.json'), '--region', 'eu-west-1']
  const child = spawn(process.execPath, [binary, ...words], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })
  for await (const line of createInterface(child.stdout)) {
    const [, url] = /^export AWS_ENDPOINT_URL=(.*)$/.exec(line) ?? []
    if (url) return { child, url }
  }
  throw new Error('the sandbox ended before it listened')
}

async function admin({ url }, method, page, body) {
  const answer = await fetch(`${url}/_sandbox/${page}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) })
  if (!answer.ok) throw new Error(`${method} ${page}: ${await answer.text()}`)
  return answer.json()
}

/** Runs the binary to its end, which must be a good one; gives its time and the calls it made. */
async function run(server, folder, ...words) {
  await admin(server, 'DELETE', 'calls')
  const started = performance.now()
  const env = {
    PATH: process.env.PATH,
    HOME: join(folder, 'home'),
    AWS_ENDPOINT_URL: server.url,
    AWS_ACCESS_KEY_ID: 'AKIABENCH00000000000',
    AWS_SECRET_ACCESS_KEY: 'bench',
  }
  const child = spawn(process.execPath, [binary, ...words], {
    cwd: folder,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const code = await new Promise((done) => child.once('close', done))
  const { exitCode, signalCode } = server.child
  if (exitCode !== null || signalCode) throw new Error(`the sandbox ended by itself: ${signalCode ?? exitCode}`)
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}`)
  const milliseconds = performance.now() - started
  const { counts, calls } = await admin(server, 'GET', 'calls')
  return {
    milliseconds,
    counts,
    calls: Object.values(counts).reduce((sum, count) => sum + count, 0),
    throttled: calls.filter(({ error }) => /Throttling|TooManyRequests/.test(error ?? '')).length,
  }
}

function seconds({ milliseconds }) {
  return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 2 : 0)} s`
}

function table(list) {
  const names = Object.keys(list[0])
  const cells = [names, ...list.map((row) => names.map((name) => String(row[name])))]
  const widths = names.map((_, column) => Math.max(...cells.map((line) => line[column].length)))
  const line = (words) => `| ${words.map((word, column) => word.padStart(widths[column])).join(' | ')} |\n`
  const rule = `| ${widths.map((width) => `${'-'.repeat(width - 1)}:`).join(' | ')} |\n`
  return cells.map((words, index) => line(words) + (index === 0 ? rule : '')).join('')
}
