import { takeNamed } from '../shared/take-named.ts'
import { writtenUser } from './adopt.ts'

/** Live users, by attributes, or looked up only where another system keeps them. */
export const takeUsers = takeNamed<'user'>({ section: 'users', maps: ['address'], written: writtenUser })
