import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openersFor, openInBrowser } from '../../../src/local/identity/opener.ts'
import { type Place, placeOf, type Signs } from '../../../src/local/identity/place.ts'
import { newFolder } from '../../scenarios/e2e/support/desk.ts'

const linux: Signs = { platform: 'linux', kernel: 'Linux version 6.1.0 (debian)', containerFile: false }
const wsl: Signs = { ...linux, kernel: 'Linux version 5.15.90.1-microsoft-standard-WSL2' }
const mac: Signs = { platform: 'darwin', kernel: '', containerFile: false }

it.each<[string, Record<string, string>, Signs, Place]>([
  ['a Mac', {}, mac, { platform: 'darwin', display: true }],
  ['a Linux desktop', { DISPLAY: ':0' }, linux, { platform: 'linux', display: true }],
  ['one with Wayland alone', { WAYLAND_DISPLAY: 'wayland-0' }, linux, { platform: 'linux', display: true }],
  ['a Linux console', {}, linux, { platform: 'linux', display: false }],
  ['SSH', { SSH_CONNECTION: 'a 1 b 22' }, linux, { platform: 'linux', remote: 'ssh', display: false }],
  ['SSH to a Mac', { SSH_TTY: '/dev/ttys001' }, mac, { platform: 'darwin', remote: 'ssh', display: true }],
  [
    'SSH that forwards X11',
    { SSH_CLIENT: 'a 1 22', DISPLAY: ':10' },
    linux,
    { platform: 'linux', remote: 'ssh', display: true },
  ],
  ['WSL', { DISPLAY: ':0' }, wsl, { platform: 'linux', remote: 'wsl', display: true }],
  ['WSL by its variables', { WSL_DISTRO_NAME: 'Ubuntu' }, linux, { platform: 'linux', remote: 'wsl', display: false }],
  [
    'a container on WSL',
    {},
    { ...wsl, containerFile: true },
    { platform: 'linux', remote: 'container', display: false },
  ],
  ['a Codespace', { CODESPACES: 'true' }, linux, { platform: 'linux', remote: 'container', display: false }],
  ['a pod', { KUBERNETES_SERVICE_HOST: '10.0.0.1' }, linux, { platform: 'linux', remote: 'container', display: false }],
  [
    'CloudShell',
    { AWS_EXECUTION_ENV: 'CloudShell' },
    { ...linux, containerFile: true },
    { platform: 'linux', remote: 'cloudshell', display: false },
  ],
])('knows %s', (_what, env, signs, expected) => {
  expect(placeOf(env, signs)).toEqual(expected)
})

it.each<[string, Place, string | undefined, string[][]]>([
  ['a Mac', { platform: 'darwin', display: true }, undefined, [['open']]],
  ['Linux', { platform: 'linux', display: true }, undefined, [['xdg-open']]],
  ['BSD', { platform: 'freebsd', display: true }, undefined, [['xdg-open']]],
  ['Windows', { platform: 'win32', display: true }, undefined, [['rundll32.exe', 'url.dll,FileProtocolHandler']]],
  ['a person with a choice', { platform: 'linux', display: true }, 'firefox', [['firefox'], ['xdg-open']]],
  [
    'a person with two, one with words',
    { platform: 'linux', display: true },
    `"/opt/my browser" --new '%s':w3m`,
    [['/opt/my browser', '--new', '%s'], ['w3m'], ['xdg-open']],
  ],
  ['a choice that cannot be read', { platform: 'linux', display: true }, `"open`, [['xdg-open']]],
])('opens pages on %s', (_what, place, BROWSER, expected) => {
  expect(openersFor(place, BROWSER === undefined ? {} : { BROWSER })).toEqual(expected)
})

it('opens pages of Windows from WSL', () => {
  const [first, ...rest] = openersFor({ platform: 'linux', remote: 'wsl', display: true }, {})
  expect(first).toEqual(['wslview'])
  expect(rest.every(([program = '']) => program.endsWith('rundll32.exe'))).toBe(true)
})

const pause = () => new Promise((resolve) => setTimeout(resolve, 5_000).unref())
const open = (address: string, openers: string[][]) =>
  openInBrowser(address, openers, { PATH: process.env.PATH }, pause)

it('tries the next program where one is missing or fails, and says when none can', async () => {
  expect(await open('https://example.com/', [['no-such-program'], ['false'], ['true']])).toBe(true)
  expect(await open('https://example.com/', [['no-such-program'], ['false']])).toBe(false)
})

it.each(['file:///etc/passwd', 'javascript:alert(1)', '-flag', '', 'ms-settings:', 'https//x'])(
  'opens no %s',
  async (address) => {
    expect(await open(address, [['true']])).toBe(false)
  },
)

it('no shell sees an address', async () => {
  const marker = join(newFolder(), 'opened')
  const address = `https://example.com/?a=1&b=$(touch ${marker})'"`
  const check = `process.exit(process.argv[1] === ${JSON.stringify(address)} ? 0 : 1)`
  expect(await open(address, [[process.execPath, '-e', check, '%s']])).toBe(true)
  expect(existsSync(marker)).toBe(false)
})
