import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Run, Variables } from '../scenarios/e2e/support/binary.ts'
import { configOf, type Desk, newDesk } from '../scenarios/e2e/support/desk.ts'
import { run } from './here.ts'

const head = `version: 1
identity_center: { region: eu-west-1, start_url: "https://d-1234567890.awsapps.com/start" }
accounts: { management: "111122223333", dev: "444455556666" }
`

/** A machine without credentials: a home with these files, and a manifest that needs no connection. */
export interface Laptop {
  readonly desk: Desk
  /** Replaces the manifest, without its first three lines. */
  manifest(rest: string): void
  write(name: string, text: string): void
  read(name: string): string | undefined
  mode(name: string): number
  config(): string
  /** A command on the files of this machine. */
  run(command: 'plan' | 'apply', words?: readonly string[], env?: Variables): Promise<Run>
}

const noKeys = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined }

/** A new machine. A manifest that starts with `version:` is taken as it is. */
export function newLaptop(rest: string, files: Readonly<Record<string, string>> = {}): Laptop {
  const whole = (text: string) => (text.startsWith('version:') ? text : head + text)
  const desk = newDesk(undefined, whole(rest))
  const place = (name: string) => join(desk.home, name)
  const laptop: Laptop = {
    desk,
    manifest: (text) => writeFileSync(join(desk.work, 'sso.yaml'), whole(text)),
    write(name, text) {
      mkdirSync(dirname(place(name)), { recursive: true })
      writeFileSync(place(name), text)
    },
    read: (name) => (existsSync(place(name)) ? readFileSync(place(name), 'utf8') : undefined),
    mode: (name) => statSync(place(name)).mode & 0o777,
    config: () => configOf(desk.home),
    run: (command, words = [], env = {}) =>
      run(desk, [command, '--only', 'local', ...(command === 'apply' ? ['--yes'] : []), ...words], {
        ...noKeys,
        ...env,
      }),
  }
  for (const [name, text] of Object.entries(files)) laptop.write(name, text)
  return laptop
}
