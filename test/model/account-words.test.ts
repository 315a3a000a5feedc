import { expect, it } from 'vitest'
import { accountWords } from '../../src/model/account-words.ts'

const account = (id: string, name: string, active = true) => ({ id, name, label: name, active })

it('a name means the one active account that has it, and a nickname goes before every name', () => {
  const accounts = [
    account('1', 'Home'),
    account('2', 'Twin'),
    account('3', 'Twin'),
    account('4', 'Reborn', false),
    account('5', 'Reborn'),
    account('6', 'Closed', false),
    account('7', 'dev'),
    account('8', 'management'),
  ]
  expect(Object.fromEntries(accountWords({ dev: '2' }, { accounts, management: '1' }))).toEqual({
    Home: '1',
    Reborn: '5',
    Closed: '6',
    dev: '2',
    management: '1',
  })
})
