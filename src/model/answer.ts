import { error, Refusal } from './diagnostic.ts'

/** A member that an answer of AWS has to have. Throws a Refusal where it has not: nothing may be built on half an answer. */
export function answered<T>(value: T | null | undefined, operation: string, member: string): T {
  if (value !== undefined && value !== null && value !== '') return value
  throw new Refusal(
    error('aws-error', `${operation} responded without ${member}`, {
      hint: 'run this again; if it persists, check AWS_ENDPOINT_URL and what answers there',
    }),
  )
}
