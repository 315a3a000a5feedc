import { spawnSync } from 'node:child_process'

/** How botocore, the reader of the AWS CLI, reads one text: values by header, profiles by name; or why it cannot. */
export interface Reading {
  readonly error?: string
  readonly raw: Readonly<Record<string, Values>>
  readonly profiles: Readonly<Record<string, Values>>
  readonly sessions: Readonly<Record<string, Values>>
}

/** Options of a section; a nested block is an object. */
export type Values = Readonly<Record<string, string | Readonly<Record<string, string>>>>

const PROGRAM = `
import json, os, sys, tempfile
from botocore import configloader, exceptions
def read(text, path):
    with open(path, 'wb') as file:
        file.write(text.encode('utf-8'))
    try:
        raw = configloader.raw_config_parse(path)
    except exceptions.ConfigParseError as error:
        return {'error': str(error), 'raw': {}, 'profiles': {}, 'sessions': {}}
    named = configloader.build_profile_map(raw)
    return {'raw': raw, 'profiles': named['profiles'], 'sessions': named['sso_sessions']}
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, 'config')
    texts = json.load(sys.stdin)
    json.dump([read(text, path) for text in texts], sys.stdout)
`

const probe = spawnSync('python3', ['-c', 'import botocore'])

/** Why botocore cannot be asked here; undefined when it can. */
export const botocoreMissing: string | undefined =
  probe.status === 0 ? undefined : 'skipped: python3 with botocore is not installed'

if (botocoreMissing) process.stderr.write(`${botocoreMissing}\n`)

/** Reads many texts in one Python process. */
export function botocoreReads(texts: readonly string[]): Reading[] {
  const run = spawnSync('python3', ['-X', 'utf8', '-c', PROGRAM], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  })
  if (run.status !== 0) throw new Error(run.stderr)
  return JSON.parse(run.stdout) as Reading[]
}
