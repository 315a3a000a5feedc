import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, it } from 'vitest'
import { run } from '../../support/here.ts'
import { configPath, newDesk } from '../e2e/support/desk.ts'

const manifest = `version: 1
identity_center: { region: us-east-1, start_url: https://d-1234567890.awsapps.com/start }
local: { sso_session: work, profiles: {} }
absent: { profiles: [old], sso_sessions: [olds] }
`

const config = `[profile old]
aws_access_key_id = HIDDEN1
aws_security_token = HIDDEN2
endpoint_url = https://user:HIDDEN3@x
aws_secret_access_key =
   HIDDEN4abc==
s3 =
  aws_secret_access_key = HIDDEN5
credential_process = /bin/x
  --pw HIDDEN6
[sso-session olds]
client_secret = HIDDEN7
refresh_token: HIDDEN8
[profile near]
x = HIDDEN9
`

it.each([
  ['as text', []],
  ['as JSON', ['--json']],
  ['in all detail', ['--verbose']],
  ['as Markdown', ['--format', 'markdown', '--verbose']],
  ['as a page', ['--format', 'html', '--verbose']],
])(
  'nothing of a section that goes, or stands near one, is told beyond what the tool writes itself: %s',
  async (_how, flags) => {
    const desk = newDesk(undefined, manifest)
    mkdirSync(dirname(configPath(desk.home)))
    writeFileSync(configPath(desk.home), config)
    const { code, stdout, stderr } = await run(desk, ['plan', '--only', 'local', ...flags])
    expect(code).toBe(0)
    expect(stdout).toContain('profile/old')
    expect(stdout + stderr).not.toContain('HIDDEN')
  },
)
