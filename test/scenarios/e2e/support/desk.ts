import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { removedAtEnd } from '../../../support/at-end.ts'

/** The manifest at the root of the repository. */
export const journey = readFileSync(fileURLToPath(new URL('../../../../sso.yaml', import.meta.url)), 'utf8')

/** A manifest of this machine alone: all it needs is in the file. */
export const laptop = `version: 1
identity_center: { region: eu-west-1, start_url: "https://example.awsapps.com/start" }
accounts: { management: "111122223333" }
local:
  sso_session: personal
  profiles:
    personal: { account: management, permission_set: Admin }
`

/** Where a run happens: a home, a folder to stand in, and the address of its Identity Center. */
export interface Desk {
  /** Holds the other two. */
  readonly folder: string
  readonly home: string
  readonly work: string
  /** Value of AWS_ENDPOINT_URL; none by default. */
  readonly endpoint?: string
}

/** A new empty folder, removed after the tests of the file. */
export function newFolder(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'sso-reconcile-e2e-'))
  return removedAtEnd(folder)
}

/** A new desk with an empty home and a folder that holds nothing but `sso.yaml`. */
export function newDesk(endpoint?: string, manifest = journey): Desk {
  const folder = newFolder()
  const desk = { folder, home: join(folder, 'home'), work: join(folder, 'work'), ...(endpoint ? { endpoint } : {}) }
  mkdirSync(desk.home)
  mkdirSync(desk.work)
  writeFileSync(join(desk.work, 'sso.yaml'), manifest)
  return desk
}

/** Path of the AWS config in a home. */
export function configPath(home: string): string {
  return join(home, '.aws', 'config')
}

/** Text of the AWS config in a home. */
export function configOf(home: string): string {
  return readFileSync(configPath(home), 'utf8')
}

/** Everything below a folder, one line each: path, mode and content. */
export function tree(folder: string, below = ''): string[] {
  return readdirSync(join(folder, below))
    .sort()
    .flatMap((name) => {
      const path = join(below, name)
      const stats = lstatSync(join(folder, path))
      const mode = (stats.mode & 0o7777).toString(8)
      if (stats.isDirectory()) return [`${path}/ ${mode}`, ...tree(folder, path)]
      return [
        `${path} ${mode} ${stats.isFile() ? JSON.stringify(readFileSync(join(folder, path), 'utf8')) : 'special'}`,
      ]
    })
}
