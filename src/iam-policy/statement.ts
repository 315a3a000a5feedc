import type { JsonObject } from '../model/json.ts'

/** A statement of an IAM policy; only Allow is ever needed here. */
export interface Statement extends JsonObject {
  readonly Sid: string
  readonly Effect: 'Allow'
  readonly Action: readonly string[]
  readonly Resource: string | readonly string[]
  readonly Condition?: JsonObject
}

/** An IAM policy document. */
export interface PolicyDocument extends JsonObject {
  readonly Version: '2012-10-17'
  readonly Statement: readonly Statement[]
}
