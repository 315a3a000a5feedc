import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Contents } from '../../../src/sandbox/content-types.ts'
import { newCloud } from '../cloud/support/cloud.ts'
import { newOffice } from '../cloud/support/office.ts'

/** Texts by path. */
export type Files = Readonly<Record<string, string>>

/** How every manifest of these tests begins. */
const head = 'version: 1\nidentity_center: { region: us-east-1 }\n'

/** A manifest for two teams: people in one file, each team in a file of its own that is limited to what is the team's. */
export const teams = {
  'sso.yaml': `${head}include:
  - people.yaml
  - files: teams/a.yaml
    only: { groups: ["A-*"], permission_sets: ["A-*"], accounts: [{ ou: A }], refer_to: { users: ["*"] } }
  - files: teams/b.yaml
    only: { groups: ["B-*"], permission_sets: ["B-*"], accounts: [{ ou: B }], refer_to: { users: ["*"] } }
groups: {}
permission_sets:
  Admin: { managed_policies: [AdministratorAccess] }
assignments:
  - { users: [taro], permission_sets: [Admin], accounts: [management] }
`,
  'people.yaml': `version: 1
users:
  taro: { given_name: Taro, family_name: Yamada, email: taro@example.com }
  jiro: { given_name: Jiro, family_name: Yamada, email: jiro@example.com } # of team A
`,
  'teams/a.yaml': `version: 1 # team A
groups:
  A-devs: { members: [jiro] }
permission_sets:
  A-Dev:
    description: Team A # short
    managed_policies: [PowerUserAccess]
assignments:
  - { groups: [A-devs], permission_sets: [A-Dev], accounts: [{ ou: A }] }
`,
  'teams/b.yaml': `version: 1
groups:
  B-devs: { members: [taro] }
permission_sets:
  B-Dev: { managed_policies: [ReadOnlyAccess] }
assignments:
  - { groups: [B-devs], permission_sets: [B-Dev], accounts: [{ tag: { team: b } }] }
`,
} as const satisfies Files

/** Accounts of the two teams, and one of neither. */
const accounts = [
  { id: '222233334444', name: 'A dev', ou: 'A/Dev', tags: { team: 'a' } },
  { id: '333344445555', name: 'B dev', ou: 'B', tags: { team: 'b' } },
  { id: '444455556666', name: 'Audit', ou: 'C' },
]

/** A desk with files at a new Identity Center of an organization with both teams. */
export async function deskOf(files: Files, contents: Contents = {}) {
  const cloud = await newCloud({ accounts, contents, faults: { seconds: 0.02 } })
  const office = newOffice(cloud.url)
  const at = (path: string) => join(office.desk.work, path)
  const write = (texts: Files) => {
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(dirname(at(path)), { recursive: true })
      writeFileSync(at(path), text)
    }
  }
  const text = (path: string) => readFileSync(at(path), 'utf8')
  const texts = () => Object.fromEntries(Object.keys(files).map((path) => [path, text(path)]))
  write(files)
  return { ...office, cloud, at, put: write, text, texts }
}
