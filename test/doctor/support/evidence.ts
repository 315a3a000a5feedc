import type { CloudEvidence } from '../../../src/aws/examine.ts'
import type { Examination } from '../../../src/doctor/checks.ts'
import type { AwsFile, Evidence, LocalEvidence } from '../../../src/doctor/evidence.ts'
import { parseConfig } from '../../../src/local/aws-config/document.ts'
import { Refusal } from '../../../src/model/diagnostic.ts'
import { load } from '../../manifest/load.ts'

const now = new Date('2026-11-22T10:00:00Z')
export const management = '111122223333'

/** A config that holds what the manifest below wants. */
export const goodConfig = `[sso-session personal]
sso_start_url = https://d-1234567890.awsapps.com/start
sso_region = eu-west-1
[profile personal]
sso_session = personal
sso_account_id = ${management}
sso_role_name = Admin
`

/** A manifest for one person, with everything on the checklist done. */
export const goodManifest = `version: 1
identity_center: { region: eu-west-1 }
accounts: { management: "${management}" }
users: { taro: { given_name: Taro, family_name: Yamada, email: taro@example.com } }
permission_sets: { Admin: { session_duration: 8h } }
local:
  sso_session: personal
  profiles: { personal: { account: management, permission_set: Admin } }
checklist: { mfa_policy: 2026-11-01, send_email_otp: 2026-11-01, portal_session: 2026-11-01, activated: { taro: 2026-11-02 } }
`

export const goodInstance = {
  id: 'ssoins-0123456789abcdef',
  arn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef',
  store: 'd-1234567890',
  owner: management,
}

export const goodCloud: CloudEvidence = {
  region: 'eu-west-1',
  caller: {
    value: { account: management, arn: `arn:aws:sts::${management}:assumed-role/AWSReservedSSO_Admin_0/taro` },
  },
  organization: { value: { management, features: 'ALL' } },
  instances: { value: [goodInstance] },
  instance: { value: { status: 'ACTIVE', permissionSetsEnabled: true, primaryRegion: 'eu-west-1' } },
  users: { value: { seen: 1, provisioned: [] } },
}

/** A file of the AWS CLI with that text; undefined is no file. */
function awsFile(path: string, text: string | undefined): AwsFile {
  try {
    return { path, refused: [], ...(text === undefined ? {} : { document: parseConfig(text, path) }) }
  } catch (thrown) {
    if (thrown instanceof Refusal) return { path, refused: thrown.diagnostics }
    throw thrown
  }
}

export interface Changes {
  readonly manifest?: string
  readonly cloud?: Partial<CloudEvidence>
  readonly config?: string
  readonly credentials?: string
  readonly local?: Partial<LocalEvidence>
  readonly rest?: Partial<Evidence>
}

/** Evidence of a machine and an account where all is well, but for what is given. */
export async function evidence({ manifest, cloud, config, credentials, local, rest }: Changes = {}): Promise<Evidence> {
  return {
    now,
    file: 'sso.yaml',
    manifest: await load(manifest ?? goodManifest),
    refused: [],
    cloud: { ...goodCloud, ...cloud },
    local: {
      env: { keys: false, temporary: false, foreign: false },
      identities: [],
      config: awsFile('~/.aws/config', config ?? goodConfig),
      credentials: awsFile('~/.aws/credentials', credentials),
      cli: [2, 32, 0],
      logins: [login({ expiresAt: new Date('2026-11-22T10:43:00Z') })],
      proofs: [],
      ...local,
    },
    ...rest,
  }
}

/** The login of the good config. */
export function login(token: LocalEvidence['logins'][number]['token']): LocalEvidence['logins'][number] {
  const startUrl = 'https://d-1234567890.awsapps.com/start'
  return {
    session: { key: 'personal', legacy: false, startUrl, region: 'eu-west-1' },
    profiles: ['personal'],
    token,
  }
}

/** What is not well, as `level code`. */
export function troubles({ sections }: Examination): string[] {
  return sections.flatMap(({ findings }) =>
    findings.filter(({ level }) => level !== 'ok').map(({ level, code }) => `${level} ${code}`),
  )
}
