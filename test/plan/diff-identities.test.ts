import { describe } from 'vitest'
import { table } from '../support/planning/rows.ts'

const names = 'given_name: Taro, family_name: Yamada, email: taro@example.com'
const taro = `users: { taro: { ${names} } }`
const liveTaro = {
  given_name: 'Taro',
  family_name: 'Yamada',
  email: 'taro@example.com',
  display_name: 'Taro Yamada',
}

describe('users', () => {
  table([
    {
      name: 'a new user gets a display name made of both names',
      manifest: taro,
      plan: ['create user/taro given_name=Taro; family_name=Yamada; email=taro@example.com; display_name=Taro Yamada'],
    },
    { name: 'a user who is as wanted needs nothing', manifest: taro, live: { users: { taro: liveTaro } }, plan: [] },
    {
      name: 'one field that differs is one change',
      manifest: `users: { taro: { ${names}, title: Chief } }`,
      live: { users: { taro: { ...liveTaro, title: 'Boss' } } },
      plan: ['update user/taro title: Boss -> Chief'],
    },
    {
      name: 'an empty text clears a field',
      manifest: `users: { taro: { ${names}, title: "" } }`,
      live: { users: { taro: { ...liveTaro, title: 'Boss' } } },
      plan: ['update user/taro title: Boss -> (none)'],
    },
    {
      name: 'clearing what is not there is no change, for a new user neither',
      manifest: `users: { taro: { ${names}, title: "" }, jiro: { given_name: J, family_name: S, email: j@example.com, title: "" } }`,
      live: { users: { taro: liveTaro } },
      plan: ['create user/jiro given_name=J; family_name=S; email=j@example.com; display_name=J S'],
    },
    {
      name: 'a field left out stays as it is',
      manifest: taro,
      live: { users: { taro: { ...liveTaro, title: 'Boss', phone: '+81 3 0000 0000' } } },
      plan: [],
    },
    {
      name: 'a derived display name fills a gap',
      manifest: taro,
      live: { users: { taro: { given_name: 'Taro', family_name: 'Yamada', email: 'taro@example.com' } } },
      plan: ['update user/taro display_name: (none) -> Taro Yamada'],
    },
    {
      name: 'a derived display name never overwrites one',
      manifest: taro,
      live: { users: { taro: { ...liveTaro, display_name: '山田 太郎' } } },
      plan: [],
    },
    {
      name: 'an address is written as a whole, part by part in the plan',
      manifest: `users: { taro: { ${names}, address: { locality: Osaka, country: JP } } }`,
      live: { users: { taro: { ...liveTaro, address: { locality: 'Tokyo', street: '1-1', country: 'JP' } } } },
      plan: ['update user/taro address.locality: Tokyo -> Osaka; address.street: 1-1 -> (none)'],
    },
    {
      name: 'an empty address clears every part, and is no change where there is none',
      manifest: `users: { taro: { ${names}, address: {} }, jiro: { given_name: J, family_name: S, email: j@example.com, address: {} } }`,
      live: {
        users: {
          taro: { ...liveTaro, address: { country: 'JP' } },
          jiro: { given_name: 'J', family_name: 'S', email: 'j@example.com', display_name: 'J S' },
        },
      },
      plan: ['update user/taro address.country: JP -> (none)'],
    },
    {
      name: 'an empty part of an address clears it, and is no change where there is none',
      manifest: `users: { taro: { ${names}, address: { street: "", country: JP } } }`,
      live: { users: { taro: { ...liveTaro, address: { country: 'JP' } } } },
      plan: [],
    },
    {
      name: 'an absent section leaves users alone',
      manifest: 'groups: {}',
      live: { users: { taro: liveTaro } },
      plan: [],
      leaves: ['user/taro'],
    },
    {
      name: 'an empty section does so too, because users carry no mark',
      manifest: 'users: {}',
      live: { users: { taro: liveTaro } },
      plan: [],
      leaves: ['user/taro'],
    },
    {
      name: 'users leave by name, and take memberships and assignments along, of foreign sets too',
      manifest: 'absent: { users: [taro] }',
      live: {
        users: { taro: liveTaro },
        groups: { admins: { members: ['taro'] } },
        permission_sets: { Foreign: { mark: 'terraform', partial: 'header' } },
        assignments: ['Foreign:user:taro@111122223333'],
      },
      plan: ['delete assignment/Foreign:user:taro@111122223333', 'delete membership/admins:taro', 'delete user/taro'],
      because: ['user taro is removed', 'user taro is removed', 'listed under absent.users'],
      leaves: ['group/admins', 'permission-set/Foreign'],
    },
    { name: 'a user listed as absent who is not there is nothing', manifest: 'absent: { users: [taro] }', plan: [] },
    {
      name: 'an external user is looked up and never written',
      manifest: 'users: { taro: { external: true } }',
      live: { users: { taro: { ...liveTaro, provisioned: true } } },
      plan: [],
      leaves: [],
    },
    {
      name: 'an external user has to exist',
      manifest: 'users: { taro: { external: true } }',
      plan: [],
      errors: ['user-missing'],
    },
    {
      name: 'a user of an identity provider has to be called external',
      manifest: `users: { taro: { ${names}, title: Chief } }`,
      live: { users: { taro: { ...liveTaro, provisioned: true } } },
      errors: ['user-external'],
    },
    {
      name: 'a name that differs only in case is no new user',
      manifest: taro,
      live: { users: { Taro: { ...liveTaro, email: 'other@example.com' } } },
      errors: ['user-case'],
    },
    {
      name: 'an email that another user holds, in whatever case, stands in the way of a create',
      manifest: taro,
      live: { users: { t_yamada: { ...liveTaro, email: 'TARO@example.com' } } },
      errors: ['user-email'],
    },
    {
      name: 'and of an update',
      manifest: taro,
      live: { users: { taro: { ...liveTaro, email: 'old@example.com' }, t_yamada: liveTaro } },
      errors: ['user-email'],
    },
  ])
})

const people = `users:
  taro: { ${names} }
  jiro: { external: true }
`
const livePeople = { taro: liveTaro, jiro: { provisioned: true } }

describe('groups', () => {
  table([
    {
      name: 'a new group',
      manifest: 'groups: { admins: { description: Full access } }',
      plan: ['create group/admins description=Full access'],
    },
    { name: 'a new group that says nothing', manifest: 'groups: { admins: {} }', plan: ['create group/admins'] },
    {
      name: 'another description',
      manifest: 'groups: { admins: { description: Full access } }',
      live: { groups: { admins: { description: 'Everything' } } },
      plan: ['update group/admins description: Everything -> Full access'],
    },
    {
      name: 'an empty text clears the description, leaving it out does not',
      manifest: 'groups: { admins: { description: "" }, ops: {} }',
      live: { groups: { admins: { description: 'Everything' }, ops: { description: 'Operations' } } },
      plan: ['update group/admins description: Everything -> (none)'],
    },
    {
      name: 'an empty section leaves groups alone',
      manifest: 'groups: {}',
      live: { users: livePeople, groups: { admins: { members: ['taro'] } } },
      plan: [],
      leaves: ['group/admins', 'membership/admins:taro', 'user/jiro', 'user/taro'],
    },
    {
      name: 'groups leave by name, with memberships and assignments',
      manifest: 'absent: { groups: [admins] }',
      live: {
        users: livePeople,
        groups: { admins: { members: ['taro', 'jiro'] } },
        permission_sets: { Admin: {} },
        assignments: ['Admin:group:admins@111122223333', 'Admin:user:taro@111122223333'],
      },
      plan: [
        'delete assignment/Admin:group:admins@111122223333',
        'delete membership/admins:jiro',
        'delete membership/admins:taro',
        'delete group/admins',
      ],
      because: [
        'group admins is removed',
        'group admins is removed',
        'group admins is removed',
        'listed under absent.groups',
      ],
    },
    {
      name: 'an external group has to exist',
      manifest: 'groups: { admins: { external: true } }',
      errors: ['group-missing'],
    },
    {
      name: 'a group of an identity provider has to be called external',
      manifest: 'groups: { admins: { description: Full access } }',
      live: { groups: { admins: { provisioned: true } } },
      errors: ['group-external'],
    },
  ])
})

describe('memberships', () => {
  table([
    {
      name: 'members of a new group wait for group and user',
      manifest: `${people}groups: { admins: { members: [taro, jiro] } }`,
      live: { users: { jiro: { provisioned: true } } },
      plan: [
        'create user/taro given_name=Taro; family_name=Yamada; email=taro@example.com; display_name=Taro Yamada',
        'create group/admins',
        'create membership/admins:jiro after group/admins, user/jiro',
        'create membership/admins:taro after group/admins, user/taro',
      ],
    },
    {
      name: 'the list is the whole truth: one joins, one leaves',
      manifest: `${people}groups: { admins: { members: [taro] } }`,
      live: { users: livePeople, groups: { admins: { members: ['jiro'] } } },
      plan: ['create membership/admins:taro after group/admins, user/taro', 'delete membership/admins:jiro'],
      because: ['not a member in sso.yaml'],
    },
    {
      name: 'an empty list empties the group',
      manifest: `${people}groups: { admins: { members: [] } }`,
      live: { users: livePeople, groups: { admins: { members: ['jiro', 'taro'] } } },
      plan: ['delete membership/admins:jiro', 'delete membership/admins:taro'],
    },
    {
      name: 'no list leaves members alone',
      manifest: `${people}groups: { admins: {} }`,
      live: { users: livePeople, groups: { admins: { members: ['jiro'] } } },
      plan: [],
      leaves: ['membership/admins:jiro'],
    },
    {
      name: 'what separates parts of an address is encoded in names, other letters are not',
      manifest: `users: { "a:b@c": { external: true } }\ngroups: { "管理 者": { members: ["a:b@c"] } }`,
      live: { users: { 'a:b@c': { provisioned: true } }, groups: { '管理 者': {} } },
      plan: ['create membership/管理%20者:a%3Ab%40c after group/管理%20者, user/a%3Ab%40c'],
    },
  ])
})
