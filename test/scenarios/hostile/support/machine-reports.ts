import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { configPath } from '../../e2e/support/desk.ts'
import { json } from '../../e2e/support/relay.ts'
import { all, plain, type Report } from './report.ts'
import type { Scene } from './scene.ts'
import { type Texts, tame as t } from './slots.ts'
import { dev, exampleUrl } from './world.ts'

const nobody = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined }
/** The manifest of somebody who has a login and no more. */
const laptop = (startUrl: string) => ({
  identity_center: { region: 'us-east-1', start_url: startUrl },
  local: { sso_session: t.session, generate: { from: 'portal' } },
})

// Who has what AWS itself names: a server that sends other names is refused.
async function atLaptop(scene: Scene, { userGone }: Texts): Promise<void> {
  scene.write(laptop(scene.startUrl))
  scene.settle(`[sso-session ${t.session}]\nsso_start_url = ${scene.startUrl}\nsso_region = us-east-1\n`)
  await scene.signedIn(userGone)
}

async function atPortal(scene: Scene, { userKept }: Texts): Promise<void> {
  scene.atPortal()
  await scene.signedIn(userKept)
}

const own = { variables: () => nobody, changes: true } as const
const config = { path: ({ desk }: Scene) => configPath(desk.home), as: 'config' } as const

/** What a person's own login sees, and this machine. */
export const machineReports: readonly Report[] = [
  { ...plain('the portal: plan', 'text', 'plan', ...all), ...own, prepare: atLaptop },
  { ...plain('the portal: plan as Markdown', 'markdown', 'plan', '--format', 'markdown'), ...own, prepare: atLaptop },
  { ...plain('the portal: plan as JSON', 'json', 'plan', '--json'), ...own, prepare: atLaptop },
  {
    ...plain('the portal: apply', 'text', 'apply', '--yes', ...all),
    ...own,
    prepare: atLaptop,
    err: 'progress',
    file: config,
  },
  { ...plain('the portal: doctor', 'findings', 'doctor'), ...own, prepare: atLaptop },
  { ...plain('doctor of this machine', 'findings', 'doctor', '--only', 'local'), prepare: atPortal, changes: true },
  { ...plain('doctor of a login', 'findings', 'doctor'), prepare: atPortal, changes: true },
  {
    name: 'login by a code, as JSON',
    words: ({ profileKept }) => ['login', profileKept, '--use-device-code', '--json'],
    out: 'json',
    variables: () => nobody,
    prepare: (scene, { userKept }) => {
      scene.atPortal()
      scene.allowing(userKept)
    },
    changes: true,
  },
  {
    name: 'login that the service refuses',
    words: ({ profileKept }) => ['login', profileKept, '--use-device-code'],
    out: 'text',
    variables: () => nobody,
    prepare: (scene, { problem, refusal }) => {
      scene.atPortal()
      scene.answering('', () => json({ error: problem, error_description: refusal }, 400))
    },
    ends: 1,
    changes: true,
  },
  {
    name: 'a login that works, and a command that is not there',
    words: ({ profileKept, word }) => ['login', profileKept, '--', `./${word}`],
    out: 'text',
    prepare: atPortal,
    variables: () => nobody,
    ends: 127,
    changes: true,
  },
  { name: 'login of nobody', words: ({ word }) => ['login', `x${word}`], out: 'text', ends: 1 },
  { name: 'console as JSON', words: ({ profileKept }) => ['console', profileKept, '--json'], out: 'json' },
  { name: 'console of nobody', words: ({ word }) => ['console', `x${word}`], out: 'text', ends: 1 },
  {
    name: 'console to somewhere',
    words: ({ profileKept, word }) => ['console', profileKept, '--destination', `x${word}`],
    out: 'text',
    ends: 1,
  },
  {
    name: 'a credentials file',
    words: () => ['doctor', '--only', 'local'],
    out: 'findings',
    prepare: ({ desk }, { profileKept, profileOther }) => {
      const text = [profileKept, profileOther]
        .map((one) => `[${one}]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n`)
        .join('')
      const path = join(dirname(configPath(desk.home)), 'credentials')
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
    },
    ends: 1,
    changes: true,
  },
  {
    ...plain('another config', 'text', 'plan', '--only', 'local', '--allow-programs'),
    variables: ({ file }, { desk }) => ({ AWS_CONFIG_FILE: join(desk.work, `${file} config`) }),
    prepare: (scene) => scene.write(offline),
    changes: true,
  },
  {
    ...plain('shells', 'text', 'plan', '--only', 'local', '--verbose', '--allow-programs'),
    prepare: withShells,
    changes: true,
  },
  {
    ...plain('shells as Markdown', 'markdown', 'plan', '--only', 'local', '--verbose', '--format', 'markdown'),
    prepare: withShells,
    changes: true,
  },
  {
    ...plain('init of this machine', 'manifest', 'init', '-f', 'new.yaml', '--only', 'local', '--dry-run'),
    variables: () => ({ ...nobody, AWS_REGION: 'us-east-1' }),
  },
  {
    name: 'init --portal',
    words: () => ['init', '-f', 'new.yaml', '--portal', exampleUrl],
    out: 'text',
    answers: () => ['us-east-1'],
    variables: () => nobody,
    file: { path: ({ desk }) => join(desk.work, 'new.yaml'), as: 'yaml' },
    changes: true,
  },
  {
    ...plain(
      'init --portal as JSON',
      'json',
      'init',
      '-f',
      'new.yaml',
      '--portal',
      exampleUrl,
      '--region',
      'us-east-1',
      '--json',
    ),
    changes: true,
  },
]

/** Start-up files and a config in which somebody wrote what may be there. */
function withShells(scene: Scene, { word }: Texts): void {
  const line = `# ${word.replace(/[\n\r\p{Cs}]/gu, '')}\n`
  scene.write({
    ...offline,
    local: { ...offline.local, shell: { aws_profile: t.profileKept, shells: ['zsh', 'bash', 'fish'] } },
  })
  for (const name of ['.zshrc', '.bashrc']) writeFileSync(join(scene.desk.home, name), `${line}true\n`)
  appendFileSync(configPath(scene.desk.home), line)
}

const offline = {
  identity_center: { region: 'us-east-1', start_url: exampleUrl },
  accounts: { [t.nickname]: dev },
  local: { sso_session: t.session, profiles: { [t.profileKept]: { account: t.nickname, permission_set: t.setKept } } },
}
