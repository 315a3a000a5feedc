import type { ContentApplication } from '../../../../src/sandbox/content-types.ts'
import { type Cloud, newCloud } from './cloud.ts'
import { newOffice, type Sections } from './office.ts'

const names = { given_name: 'T', family_name: 'Y' }
/** Users as a manifest declares them. */
export const users = {
  taro: { ...names, email: 'taro@example.com' },
  hana: { ...names, email: 'hana@example.com' },
  花子: { ...names, email: 'hanako@example.com' },
}
const groups = { devs: { members: ['hana'] } }
/** Users and groups as a manifest declares them. */
export const people: Sections = { users, groups }

const contents = (applications: readonly ContentApplication[]) => ({
  users: Object.entries(users).map(([userName, { email }]) => ({
    ...{ userName, email, givenName: 'T', familyName: 'Y', displayName: 'T Y' },
  })),
  groups: [{ displayName: 'devs', members: ['hana'] }],
  applications,
})

/** An Identity Center with these users, this group and some applications, and a desk at it. */
export async function world(applications: readonly ContentApplication[]) {
  const cloud = await newCloud({ contents: contents(applications) })
  return { cloud, here: newOffice(cloud.url) }
}

/** Who is assigned to which application, by names, as the server has it. */
export async function assigned(cloud: Cloud): Promise<readonly string[]> {
  const tables = (await cloud.export()) as unknown as Record<string, Record<string, Row>>
  const { applications = {}, users: people = {}, groups: teams = {}, applicationAssignments = {} } = tables
  return Object.values(applicationAssignments)
    .map((row) => {
      const principal = people[row.principal ?? '']?.UserName ?? teams[row.principal ?? '']?.DisplayName ?? 'nobody'
      return `${applications[row.application ?? '']?.name}: ${principal}`
    })
    .sort()
}

type Row = Readonly<Record<string, string>>

/** Gives applications other names, by the names they have. */
export async function rename(cloud: Cloud, names: Readonly<Record<string, string>>): Promise<void> {
  const tables = await cloud.export()
  const applications = Object.entries(tables.applications ?? {}).map(
    ([arn, row]) => [arn, { ...row, name: names[row.name] ?? row.name }] as const,
  )
  await cloud.restore({ ...tables, applications: Object.fromEntries(applications) })
}

/** Deletes a user or a group as AWS does, which leaves assignments to applications behind; its id. */
export async function vanish(cloud: Cloud, table: 'users' | 'groups', name: string): Promise<string> {
  const tables = await cloud.export()
  const rows = Object.entries(tables[table] ?? {})
  const [id = ''] = rows.find(([, row]) => [row.UserName, row.DisplayName].includes(name)) ?? []
  await cloud.restore({ ...tables, [table]: Object.fromEntries(rows.filter(([key]) => key !== id)) })
  return id
}
