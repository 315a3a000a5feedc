import { management } from './cloud.ts'
import { merged as mergedParts, type Sections } from './office.ts'

/** One feature of the manifest on its way: said, said differently, and no longer said. Every name in it contains its id. */
export interface Feature {
  readonly name: string
  readonly first: Sections
  readonly next: Sections
  /** What the plan shows for the second manifest, as `line` tells it, sorted. */
  readonly shows: readonly string[]
  readonly last: Sections
  /** What the plan shows for the third one. */
  readonly ends: readonly string[]
}

/** Makes a feature out of an id, which keeps its names apart from those of all others. */
export type Row = readonly [name: string, make: (id: string) => Omit<Feature, 'name'>]

const [dev, prod, prodEu, playground] = ['222233334444', '333344445555', '444455556666', '555566667777'] as const

const person = (id: string, more: object = {}) => ({
  given_name: 'Ann',
  family_name: 'Lee',
  email: `${id}@example.com`,
  ...more,
})
const user = (id: string, more: object = {}): Sections => ({ users: { [id]: person(id, more) } })

/** Optional attributes of a user, with two values each. */
const attributes: readonly (readonly [string, string, string])[] = [
  ['formatted', 'Ms Ann Lee', 'Dr Ann Lee'],
  ['middle_name', 'Bea', 'Cleo'],
  ['honorific_prefix', 'Ms', 'Dr'],
  ['honorific_suffix', 'Jr', 'PhD'],
  ['nick_name', 'Annie', 'アン'],
  ['title', 'Lead', '課長'],
  ['user_type', 'Employee', 'Contractor'],
  ['profile_url', 'https://example.com/a', 'https://example.com/b'],
  ['preferred_language', 'en', 'ja'],
  ['locale', 'en-GB', 'ja-JP'],
  ['timezone', 'Europe/Vienna', 'Asia/Tokyo'],
  ['website', 'https://a.example.com', 'https://b.example.com'],
  ['birthdate', '1990-01-02', '1991-02-03'],
  ['phone', '+431234', '+815678'],
  ['employee_number', '0701984', '0701985'],
  ['cost_center', '4130', '4131'],
  ['organization', 'Studios', '株式会社'],
  ['division', 'Parks', 'Films'],
  ['department', 'Tours', '開発'],
]

const userRows: readonly Row[] = [
  ...[
    ['given_name', 'Ann', 'Eve'],
    ['family_name', 'Lee', 'Moon'],
    ['email', 'old@example.com', 'new@example.com'],
    ['display_name', 'Ann Lee', 'A. Lee'],
  ].map(
    ([key = '', before = '', after = '']): Row => [
      `user: ${key}, which cannot be left out`,
      (id) => {
        const [was, will] = key === 'email' ? [`${id}-${before}`, `${id}-${after}`] : [before, after]
        const changed = user(id, { [key]: will })
        return {
          first: user(id, { [key]: was }),
          next: changed,
          shows: [`update user/${id} ${key}: ${was} -> ${will}`],
          last: changed,
          ends: [],
        }
      },
    ],
  ),
  [
    'user: a display name that is only derived fills a gap and never follows',
    (id) => ({
      first: user(id, { given_name: 'Ann' }),
      next: user(id, { given_name: 'Eve' }),
      shows: [`update user/${id} given_name: Ann -> Eve`],
      last: user(id, { given_name: 'Eve' }),
      ends: [],
    }),
  ],
  ...attributes.flatMap(([key, before, after]): Row[] => {
    const changing = (id: string) => ({
      first: user(id, { [key]: before }),
      next: user(id, { [key]: after }),
      shows: [`update user/${id} ${key}: ${before} -> ${after}`],
    })
    return [
      [`user: ${key}, left out is unmanaged`, (id) => ({ ...changing(id), last: user(id), ends: [] })],
      [
        `user: ${key}, empty clears`,
        (id) => ({
          ...changing(id),
          last: user(id, { [key]: '' }),
          ends: [`update user/${id} ${key}: ${after} -> (none)`],
        }),
      ],
    ]
  }),
  ...['street', 'locality', 'region', 'postal_code', 'country'].map(
    (part): Row => [
      `user: ${part} of the address`,
      (id) => ({
        first: user(id, { address: { street: 'S', [part]: 'before' } }),
        next: user(id, { address: { street: 'S', [part]: 'after' } }),
        shows: [`update user/${id} address.${part}: before -> after`],
        last: user(id, { address: part === 'street' ? { locality: 'L' } : { street: 'S' } }),
        ends: [
          part === 'street'
            ? `update user/${id} address.locality: (none) -> L; address.street: after -> (none)`
            : `update user/${id} address.${part}: after -> (none)`,
        ],
      }),
    ],
  ),
  [
    'user: a role, which keeps the type that is left out',
    (id) => ({
      first: user(id, { roles: [{ value: 'Clerk', type: 'Work' }] }),
      next: user(id, { roles: ['Researcher'] }),
      shows: [`update user/${id} roles.value: Clerk -> Researcher`],
      last: user(id, { roles: [{ value: 'Researcher', type: '', primary: false }] }),
      ends: [`update user/${id} roles.primary: true -> false; roles.type: Work -> (none)`],
    }),
  ],
  [
    'user: a role, which [] clears and leaving it out does not',
    (id) => ({
      first: merged(user(id, { roles: ['Clerk'] }), user(`${id}-b`, { roles: ['Clerk'] })),
      next: merged(user(id, { roles: [] }), user(`${id}-b`)),
      shows: [`update user/${id} roles.value: Clerk -> (none); roles.primary: true -> (none)`],
      last: merged(user(id, { roles: [] }), user(`${id}-b`)),
      ends: [],
    }),
  ],
  [
    'user: a manager, who comes first, changes and is cleared',
    (id) => ({
      first: merged(user(id, { manager: `${id}-z` }), user(`${id}-z`)),
      next: merged(user(id, { manager: `${id}-b` }), user(`${id}-z`, { manager: `${id}-b` }), user(`${id}-b`)),
      shows: [
        `create user/${id}-b given_name=Ann; family_name=Lee; email=${id}-b@example.com; display_name=Ann Lee`,
        `update user/${id} manager: ${id}-z -> ${id}-b`,
        `update user/${id}-z manager: (none) -> ${id}-b`,
      ],
      last: merged(user(id, { manager: '' }), user(`${id}-z`), user(`${id}-b`)),
      ends: [`update user/${id} manager: ${id}-b -> (none)`],
    }),
  ],
  [
    'user: added, and left alone once it is no longer named',
    (id) => ({
      first: {},
      next: user(id),
      shows: [`create user/${id} given_name=Ann; family_name=Lee; email=${id}@example.com; display_name=Ann Lee`],
      last: {},
      ends: [],
    }),
  ],
  [
    'user: named under absent',
    (id) => ({
      first: merged(user(id), { groups: { [`${id}-g`]: { members: [id] } } }),
      next: { ...user(id), groups: { [`${id}-g`]: {} } },
      shows: [],
      last: { groups: { [`${id}-g`]: {} }, absent: { users: [id] } },
      ends: [`delete membership/${id}-g:${id}`, `delete user/${id}`],
    }),
  ],
]

const groupRows: readonly Row[] = [
  [
    'group: description, left out is unmanaged',
    (id) => ({
      first: { groups: { [id]: { description: 'one' } } },
      next: { groups: { [id]: { description: 'two' } } },
      shows: [`update group/${id} description: one -> two`],
      last: { groups: { [id]: {} } },
      ends: [],
    }),
  ],
  [
    'group: description, empty clears',
    (id) => ({
      first: { groups: { [id]: {} } },
      next: { groups: { [id]: { description: 'two' } } },
      shows: [`update group/${id} description: (none) -> two`],
      last: { groups: { [id]: { description: '' } } },
      ends: [`update group/${id} description: two -> (none)`],
    }),
  ],
  [
    'group: no longer named is left alone',
    (id) => ({
      first: {},
      next: { groups: { [id]: { description: 'one' } } },
      shows: [`create group/${id} description=one`],
      last: {},
      ends: [],
    }),
  ],
  [
    'group: members, one comes and one goes; an empty list is the whole truth too',
    (id) => {
      const people = merged(user(`${id}-a`), user(`${id}-b`), user(`${id}-c`))
      return {
        first: { ...people, groups: { [id]: { members: [`${id}-a`, `${id}-b`] } } },
        next: { ...people, groups: { [id]: { members: [`${id}-b`, `${id}-c`] } } },
        shows: [`create membership/${id}:${id}-c`, `delete membership/${id}:${id}-a`],
        last: { ...people, groups: { [id]: { members: [] } } },
        ends: [`delete membership/${id}:${id}-b`, `delete membership/${id}:${id}-c`],
      }
    },
  ],
  [
    'group: members left out are unmanaged',
    (id) => ({
      first: { ...user(`${id}-a`), groups: { [id]: { members: [`${id}-a`] } } },
      next: { ...user(`${id}-a`), groups: { [id]: {} } },
      shows: [],
      last: user(`${id}-a`),
      ends: [],
    }),
  ],
  [
    'group: named under absent, with its members and its grants',
    (id) => ({
      first: {
        ...user(`${id}-a`),
        groups: { [id]: { members: [`${id}-a`] } },
        permission_sets: { [`${id}-set`]: {} },
        assignments: [{ groups: [id], permission_sets: [`${id}-set`], accounts: [dev] }],
      },
      next: { ...user(`${id}-a`), groups: { [id]: { members: [`${id}-a`] } }, permission_sets: { [`${id}-set`]: {} } },
      shows: [`delete assignment/${id}-set:group:${id}@${dev}`],
      last: { ...user(`${id}-a`), permission_sets: { [`${id}-set`]: {} }, absent: { groups: [id] } },
      ends: [`delete group/${id}`, `delete membership/${id}:${id}-a`],
    }),
  ],
]

const set = (id: string, content: object = {}): Sections => ({ permission_sets: { [id]: content } })
const allow = (...actions: string[]) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
})
const own = (id: string, name: string) => ({ name: `${id}-${name}`, path: '/team/' })

/** What a permission set can hold: first value, second value, and what a plan shows for the change and for its removal. */
const contents: readonly (readonly [string, (id: string) => readonly [object, object, string, string]])[] = [
  [
    'description',
    () => [{ description: 'one' }, { description: 'two' }, 'description: one -> two', 'description: two -> (none)'],
  ],
  [
    'session duration',
    () => [
      { session_duration: '8h' },
      { session_duration: 'PT90M' },
      'session_duration: 8h -> 1h30m',
      'session_duration: 1h30m -> 1h',
    ],
  ],
  [
    'relay state',
    () => [
      { relay_state: 'https://a.example.com/' },
      { relay_state: 'https://b.example.com/' },
      'relay_state: https://a.example.com/ -> https://b.example.com/',
      'relay_state: https://b.example.com/ -> (none)',
    ],
  ],
  [
    'managed policies by name, path and ARN',
    () => [
      { managed_policies: ['ReadOnlyAccess', 'job-function/Billing'] },
      { managed_policies: ['arn:aws:iam::aws:policy/SecurityAudit', 'job-function/Billing'] },
      'managed_policies: ["ReadOnlyAccess","job-function/Billing"] -> ["SecurityAudit","job-function/Billing"]',
      'managed_policies: ["SecurityAudit","job-function/Billing"] -> (none)',
    ],
  ],
  [
    'customer-managed policies',
    (id) => [
      { customer_managed_policies: [own(id, 'a'), { name: `${id}-b` }] },
      { customer_managed_policies: [own(id, 'a')] },
      `customer_managed_policies: ["/${id}-b","/team/${id}-a"] -> ["/team/${id}-a"]`,
      `customer_managed_policies: ["/team/${id}-a"] -> (none)`,
    ],
  ],
  [
    'inline policy',
    () => [
      { inline_policy: allow('s3:Get*') },
      { inline_policy: allow('s3:Get*', 's3:List*') },
      `inline_policy: ${JSON.stringify(allow('s3:Get*'))} -> ${JSON.stringify(allow('s3:Get*', 's3:List*'))}`,
      `inline_policy: ${JSON.stringify(allow('s3:Get*', 's3:List*'))} -> (none)`,
    ],
  ],
  [
    'inline policy in a file',
    () => [
      { inline_policy_file: 'policies/read.json' },
      { inline_policy_file: 'policies/write.json' },
      `inline_policy: ${JSON.stringify(policyFiles.read)} -> ${JSON.stringify(policyFiles.write)}`,
      `inline_policy: ${JSON.stringify(policyFiles.write)} -> (none)`,
    ],
  ],
  [
    'boundary that AWS manages',
    () => [
      { permissions_boundary: { managed_policy: 'PowerUserAccess' } },
      { permissions_boundary: { managed_policy: 'ReadOnlyAccess' } },
      'permissions_boundary: {"managed_policy":"PowerUserAccess"} -> {"managed_policy":"ReadOnlyAccess"}',
      'permissions_boundary: {"managed_policy":"ReadOnlyAccess"} -> (none)',
    ],
  ],
  [
    'boundary of our own',
    (id) => [
      { permissions_boundary: { managed_policy: 'PowerUserAccess' } },
      { permissions_boundary: { customer_managed_policy: own(id, 'edge') } },
      `permissions_boundary: {"managed_policy":"PowerUserAccess"} -> {"customer_managed_policy":"/team/${id}-edge"}`,
      `permissions_boundary: {"customer_managed_policy":"/team/${id}-edge"} -> (none)`,
    ],
  ],
  [
    'tags',
    () => [
      { tags: { team: 'a', cost: '1' } },
      { tags: { team: 'b', 'a:b': '' } },
      'tags.team: a -> b; tags.a:b: (none) -> ; tags.cost: 1 -> (none)',
      'tags.a:b:  -> (none); tags.team: b -> (none)',
    ],
  ],
]

/** Policy files that lie beside the manifest, by name. */
export const policyFiles = {
  read: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:Get*', Resource: '*' } },
  write: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:Put*', Resource: '*' } },
} as const

const setRows: readonly Row[] = [
  ...contents.map(
    ([what, make]): Row => [
      `permission set: ${what}, left out is AWS's default`,
      (id) => {
        const [before, after, shows, ends] = make(id)
        return {
          first: set(id, before),
          next: set(id, after),
          shows: [`update permission-set/${id} ${shows}`],
          last: set(id),
          ends: [`update permission-set/${id} ${ends}`],
        }
      },
    ],
  ),
  [
    'permission set: everything at once from nothing, then no longer named',
    (id) => {
      const everything = Object.assign({}, ...contents.map(([, make]) => make(id)[0])) as Record<string, unknown>
      const { inline_policy_file: _file, ...content } = everything
      return {
        first: set(id),
        next: set(id, content),
        shows: [
          `update permission-set/${id} description: (none) -> one; session_duration: 1h -> 8h; ` +
            'relay_state: (none) -> https://a.example.com/; ' +
            'managed_policies: (none) -> ["ReadOnlyAccess","job-function/Billing"]; ' +
            `customer_managed_policies: (none) -> ["/${id}-b","/team/${id}-a"]; ` +
            `inline_policy: (none) -> ${JSON.stringify(allow('s3:Get*'))}; ` +
            'permissions_boundary: (none) -> {"managed_policy":"PowerUserAccess"}; ' +
            'tags.team: (none) -> a; tags.cost: (none) -> 1',
        ],
        last: {},
        ends: [`delete permission-set/${id}`],
      }
    },
  ],
  [
    'permission set: no longer named, with its assignments',
    (id) => ({
      first: merged(user(`${id}-u`), set(id), grant(id, [dev, prod])),
      next: merged(user(`${id}-u`), set(id, { session_duration: '2h' }), grant(id, [dev, prod])),
      shows: [`update permission-set/${id} session_duration: 1h -> 2h`],
      last: user(`${id}-u`),
      ends: [
        `delete assignment/${id}:user:${id}-u@${dev}`,
        `delete assignment/${id}:user:${id}-u@${prod}`,
        `delete permission-set/${id}`,
      ],
    }),
  ],
  [
    'permission set: was, a rename with its assignment, whose trace may stay or go',
    (id) => ({
      first: merged(user(`${id}-u`), set(`${id}-old`), {
        assignments: [{ users: [`${id}-u`], permission_sets: [`${id}-old`], accounts: [dev] }],
      }),
      next: merged(user(`${id}-u`), set(id, { was: `${id}-old` }), grant(id, [dev])),
      shows: [
        `create assignment/${id}:user:${id}-u@${dev}`,
        `create permission-set/${id} session_duration=1h`,
        `delete assignment/${id}-old:user:${id}-u@${dev}`,
        `delete permission-set/${id}-old`,
      ],
      last: merged(user(`${id}-u`), set(id), grant(id, [dev])),
      ends: [],
    }),
  ],
  [
    'permission set: not ours, leaves only by name under absent',
    (id) => ({
      first: {},
      next: {},
      shows: [],
      last: { absent: { permission_sets: [`theirs-${id}`] } },
      ends: [`delete permission-set/theirs-${id}`],
    }),
  ],
  [
    'permission set: ours and ignored is left alone until it is no longer ignored',
    (id) => ({
      first: { ignore: { permission_sets: [`ours-${id}`] } },
      next: { ignore: { permission_sets: [`ours-${id}*`] } },
      shows: [],
      last: {},
      ends: [`delete permission-set/ours-${id}`],
    }),
  ],
  [
    'permission set: external, assigned, and assignments of others kept',
    (id) => ({
      first: merged(user(`${id}-u`), set(`theirs-${id}`, { external: true })),
      next: merged(user(`${id}-u`), set(`theirs-${id}`, { external: true }), grant(`theirs-${id}`, [dev], `${id}-u`)),
      shows: [`create assignment/theirs-${id}:user:${id}-u@${dev}`],
      last: merged(user(`${id}-u`), set(`theirs-${id}`, { external: true })),
      ends: [],
    }),
  ],
  [
    'external users and groups, granted and never written',
    (id) => {
      const known = {
        users: { [`theirs-${id}`]: { external: true } },
        groups: { [`their-${id}`]: { external: true } },
        ...set(id),
      }
      const rule = (accounts: string[]) => ({
        assignments: [
          { users: [`theirs-${id}`], groups: [`their-${id}`], permission_sets: [id], accounts },
        ] as unknown[],
      })
      return {
        first: { ...known, ...rule([dev]) },
        next: { ...known, ...rule([dev, prod]) },
        shows: [
          `create assignment/${id}:group:their-${id}@${prod}`,
          `create assignment/${id}:user:theirs-${id}@${prod}`,
        ],
        last: known,
        ends: [dev, prod].flatMap((account) => [
          `delete assignment/${id}:group:their-${id}@${account}`,
          `delete assignment/${id}:user:theirs-${id}@${account}`,
        ]),
      }
    },
  ],
]

function grant(id: string, accounts: readonly unknown[], who = `${id}-u`, more: object = {}): Sections {
  return { assignments: [{ users: [who], permission_sets: [id], accounts, ...more }] }
}

/** Selectors: first, second, and the accounts each stands for. */
const selectors: readonly (readonly [string, object, readonly string[], object, readonly string[]])[] = [
  ['management', { accounts: ['management'] }, [management], { accounts: [dev] }, [dev]],
  ['an id', { accounts: [dev] }, [dev], { accounts: [dev, prod] }, [dev, prod]],
  ['a nickname', { accounts: ['dev'] }, [dev], { accounts: ['prod'] }, [prod]],
  ['a name', { accounts: [{ name: 'My Sandbox' }] }, [playground], { accounts: [{ name: 'Prod EU' }] }, [prodEu]],
  [
    'a unit with what is nested in it',
    { accounts: [{ ou: 'Workloads/Prod' }] },
    [prod, prodEu],
    { accounts: [{ ou: '/Workloads/' }] },
    [dev, prod, prodEu],
  ],
  ['a tag', { accounts: [{ tag: { env: 'prod' } }] }, [prod, prodEu], { accounts: [{ tag: { env: 'dev' } }] }, [dev]],
  [
    'all, which leaves the management account out, and except',
    { accounts: ['all'] },
    [dev, prod, prodEu, playground],
    { accounts: ['all'], except: [{ name: 'My Sandbox' }, { ou: 'Workloads/Prod/EU' }] },
    [dev, prod],
  ],
  [
    'all and management',
    { accounts: ['all', 'management'], except: [{ tag: { env: 'prod' } }, 'dev'] },
    [management, playground],
    { accounts: ['all'], except: [{ ou: 'Workloads' }] },
    [playground],
  ],
  [
    'until, which comes and has passed',
    { accounts: [dev], until: '2999-12-31' },
    [dev],
    { accounts: [dev], until: '2020-01-01' },
    [],
  ],
  [
    'until, moved',
    { accounts: [dev], until: '2999-12-31' },
    [dev],
    { accounts: [dev, prod], until: '2999-06-30T12:00:00Z' },
    [dev, prod],
  ],
]

const assignmentRows: readonly Row[] = [
  ...selectors.map(
    ([what, before, from, after, to]): Row => [
      `assignment: ${what}`,
      (id) => {
        const of = (rule: object) => merged(user(`${id}-u`), set(id), grant(id, [], `${id}-u`, rule))
        const at = (account: string) => `assignment/${id}:user:${id}-u@${account}`
        return {
          first: of(before),
          next: of(after),
          shows: [
            ...to.filter((one) => !from.includes(one)).map((one) => `create ${at(one)}`),
            ...from.filter((one) => !to.includes(one)).map((one) => `delete ${at(one)}`),
          ].sort(),
          last: merged(user(`${id}-u`), set(id)),
          ends: to.map((one) => `delete ${at(one)}`),
        }
      },
    ],
  ),
  [
    'assignment: to a group instead of a user',
    (id) => {
      const base = merged(user(`${id}-u`), set(id), { groups: { [`${id}-g`]: {} } })
      const rule = (who: object) => ({ assignments: [{ ...who, permission_sets: [id], accounts: [dev] }] })
      return {
        first: merged(base, rule({ users: [`${id}-u`] })),
        next: merged(base, rule({ groups: [`${id}-g`] })),
        shows: [`create assignment/${id}:group:${id}-g@${dev}`, `delete assignment/${id}:user:${id}-u@${dev}`],
        last: base,
        ends: [`delete assignment/${id}:group:${id}-g@${dev}`],
      }
    },
  ],
  [
    'assignment: of somebody else, left alone while it is ignored',
    (id) => ({
      first: merged(set(id), { users: { [`theirs-${id}`]: { external: true } } }, grant(id, [dev], `theirs-${id}`)),
      next: merged(set(id), { ignore: { assignments: [{ user: `theirs-${id}`, account: 'dev' }] } }),
      shows: [],
      last: set(id),
      ends: [`delete assignment/${id}:user:theirs-${id}@${dev}`],
    }),
  ],
]

/** Every feature of the cloud half of a manifest. */
export const rows: readonly Row[] = [...userRows, ...groupRows, ...setRows, ...assignmentRows]

function merged(...parts: readonly Sections[]): Sections {
  return mergedParts(parts)
}
