import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Variables } from '../../scenarios/e2e/support/binary.ts'
import type { Desk } from '../../scenarios/e2e/support/desk.ts'

/**
 * Stands in for the AWS CLI: says its version, notes what it is asked, and puts a prepared login into the cache, or fails with a
 * prepared message.
 */
const program = `#!/bin/sh
note="$HOME/.."
[ "$1" = --version ] && { echo "\${FAKE_VERSION:-aws-cli/2.32.0 Python/3.13}"; exit 0; }
echo "$AWS_PROFILE: $*" >> "$note/calls"
[ -f "$note/failure" ] && { cat "$note/failure" >&2; exit 255; }
mkdir -p "$HOME/.aws/sso/cache"
cp "$note/login" "$HOME/.aws/sso/cache/${cacheName('personal')}"
echo 'Successfully logged into Start URL'
`

/** A machine with an AWS CLI of ours on PATH. */
export interface Machine {
  readonly desk: Desk
  /** Variables for runs at this machine. */
  readonly path: Variables
  /** What the AWS CLI was asked, a line each: the profile it saw and its arguments. */
  calls(): readonly string[]
  /** The next login that the AWS CLI makes. */
  prepare(login: object): void
  /** Makes the AWS CLI fail with a message. */
  fail(message: string): void
  /** The login that is in the cache. */
  cached(): Record<string, string>
  cache(login: object): void
}

/** Puts the AWS CLI in place at a desk. */
export function machineAt(desk: Desk): Machine {
  const bin = join(desk.folder, 'bin')
  const file = join(desk.home, '.aws', 'sso', 'cache', cacheName('personal'))
  mkdirSync(bin)
  writeFileSync(join(bin, 'aws'), program)
  chmodSync(join(bin, 'aws'), 0o755)
  return {
    desk,
    path: {
      PATH: `${bin}:${process.env.PATH}`,
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
      AWS_SESSION_TOKEN: undefined,
    },
    calls: () => {
      const notes = join(desk.folder, 'calls')
      return existsSync(notes) ? readFileSync(notes, 'utf8').trimEnd().split('\n') : []
    },
    prepare: (login) => writeFileSync(join(desk.folder, 'login'), JSON.stringify(login)),
    fail: (message) => writeFileSync(join(desk.folder, 'failure'), message),
    cached: () => JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>,
    cache: (login) => {
      mkdirSync(join(desk.home, '.aws', 'sso', 'cache'), { recursive: true })
      writeFileSync(file, JSON.stringify(login))
    },
  }
}

/** A login as the AWS CLI caches it, made at the embedded Identity Center by device code. */
export async function signIn(url: string, startUrl: string, user = 'taro'): Promise<Record<string, string>> {
  const post = async (path: string, body: object) => {
    const answer = await fetch(url + path, { method: 'POST', body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
    return (await answer.json()) as Record<string, string>
  }
  const registered = await post('/client/register', {
    clientName: 'test',
    clientType: 'public',
    scopes: ['sso:account:access'],
  })
  const client = { clientId: registered.clientId, clientSecret: registered.clientSecret }
  const device = await post('/device_authorization', { ...client, startUrl })
  const form = new URLSearchParams({ user_code: device.userCode ?? '', user, decision: 'allow' })
  await fetch(`${url}/device`, { method: 'POST', body: form, redirect: 'manual' })
  const grantType = 'urn:ietf:params:oauth:grant-type:device_code'
  const token = await post('/token', { ...client, grantType, deviceCode: device.deviceCode })
  return {
    ...(client as Record<string, string>),
    startUrl,
    region: 'ap-northeast-1',
    accessToken: token.accessToken ?? '',
    refreshToken: token.refreshToken ?? '',
    expiresAt: inMinutes(60),
    registrationExpiresAt: inMinutes(60 * 24 * 90),
  }
}

/** A time from now, as the AWS CLI writes it. */
export function inMinutes(minutes: number): string {
  return new Date(Date.now() + minutes * 60_000).toISOString().replace(/\.\d+Z$/, 'Z')
}

function cacheName(session: string): string {
  return `${createHash('sha1').update(session).digest('hex')}.json`
}
