/**
 * What settings of a profile make programs of this machine do, beside what a profile is for: the one list of those that run something, send
 * requests or credentials elsewhere, weaken TLS or read files. A manifest may come from somebody else's pull request, so that none
 * of them is written unasked.
 *
 * Sources: AWS SDKs and Tools Reference Guide, "Settings reference"; AWS CLI User Guide, "Configuration and credential file settings"; botocore
 * 1.43 (configprovider.py: BOTOCORE_DEFAUT_SESSION_VARIABLES, DEFAULT_S3_CONFIG_VARS, DEFAULT_PROXIES_CONFIG_VARS, ConfiguredEndpointProvider);
 * AWS CLI 1.45 and 2.36 (compat.py, paramfile.py, customizations/history, customizations/emr, customizations/s3); the SDK for JavaScript 3
 * (node-config-provider and its users); aws-vault (mfa_process); awscli-plugin-endpoint (endpoint_url, verify_ssl and ca_bundle in blocks).
 */

/** What a value makes a program do, as the rest of a sentence that begins with the key; undefined where that is nothing to ask about. */
type Effect = (value: string) => string | undefined

const runs: Effect = (value) => `runs a program: ${value}`
const sends: Effect = (value) => `sends requests to ${value}`
const reads: Effect = (value) => `reads a file: ${value}`
const trusts: Effect = (value) => `trusts certificates from ${value}`
const unless =
  (harmless: RegExp, effect: Effect): Effect =>
  (value) =>
    harmless.test(value) ? undefined : effect(value)

const off = /^(?:false|0|no|off|disabled?)$/i
const on = /^(?:true|1|yes|on|enabled?)$/i

/** Pagers that show what they are given. With arguments they run programs too (`less` as its +! and LESSOPEN say). */
const pagers = /^(?:less|more|most|cat|bat)$/

/** Keys that do something, also within a block such as `s3`. */
const effects: Readonly<Record<string, Effect>> = {
  // The AWS CLI splits it as a shell would and starts the first word with the rest.
  cli_pager: unless(pagers, runs),
  mfa_process: runs,
  plugins: runs,
  endpoint_url: sends,
  services: (name) => `sends requests to the addresses in [services ${name}]`,
  ec2_metadata_service_endpoint: (value) => `takes credentials from ${value}`,
  csm_host: (value) => `sends a record of every request to ${value}`,
  csm_enabled: unless(off, () => 'sends a record of every request to a listening program'),
  // Fetched with what is then sent as the argument: the metadata service of the machine can be asked so.
  cli_follow_urlparam: unless(off, () => 'fetches URLs given as parameter values'),
  ca_bundle: trusts,
  proxy_ca_bundle: trusts,
  proxy_client_cert: (value) => `sends a certificate from ${value}`,
  proxy_use_forwarding_for_https: unless(off, () => 'sends requests through a proxy that can read them'),
  verify_ssl: unless(on, () => 'does not verify certificates'),
  // A description of a service says where it is.
  data_path: (value) => `loads AWS service models from ${value}`,
  // Whole requests and answers, with what is secret in them.
  cli_history: unless(off, () => 'writes every request and response to ~/.aws/cli/history'),
  key_pair_file: reads,
}

/** Keys that change nothing but how AWS itself is asked, and how results look. */
const harmless = new Set([
  ...['account_id_endpoint_mode', 'api_versions', 'auth_scheme_preference', 'cli_auto_prompt', 'cli_binary_format'],
  ...['cli_error_format', 'cli_help_output', 'cli_timestamp_format', 'csm_client_id', 'csm_port', 'defaults_mode'],
  ...['disable_clock_skew_correction', 'disable_host_prefix_injection', 'disable_request_compression'],
  ...['ec2_instance_profile_name', 'ec2_metadata_service_endpoint_mode', 'ec2_metadata_v1_disabled'],
  ...['endpoint_discovery_enabled', 'ignore_configured_endpoint_urls', 'imds_use_ipv6', 'max_attempts'],
  ...['metadata_service_num_attempts', 'metadata_service_timeout', 'parameter_validation'],
  ...['request_checksum_calculation', 'request_min_compression_size_bytes', 'response_checksum_validation'],
  ...['retry_mode', 's3_disable_express_session_auth', 's3_disable_multiregion_access_points', 's3_use_arn_region'],
  ...[
    'sdk_ua_app_id',
    'sigv4a_signing_region_set',
    'sts_regional_endpoints',
    'tcp_keepalive',
    'use_accelerate_endpoint',
  ],
  ...['use_arn_region', 'use_dualstack_endpoint', 'use_fips_endpoint', 'user_agent_appid'],
  ...['us_east_1_regional_endpoint', 'addressing_style', 'payload_signing_enabled', 'max_concurrent_requests'],
  ...['max_queue_size', 'multipart_threshold', 'multipart_chunksize', 'max_bandwidth', 'preferred_transfer_client'],
  ...['target_bandwidth'],
])

/** What names of keys say that no list above holds: other programs read the file too, and AWS adds keys. The first that fits counts. */
const byName: readonly (readonly [RegExp, Effect])[] = [
  [/(?:^|_)(?:process|command|cmd|exec|program|script|hook|pager|editor|browser|shell|plugins?|helper)(?:_|$)/, runs],
  [/verify|insecure/, unless(on, () => 'may not verify certificates')],
  [/(?:^|_)(?:ca|certs?|certificates?|bundle|truststore)(?:_|$)/, trusts],
  [/endpoint|(?:^|_)(?:url|uri|host|hostname|server|proxy|address)(?:_|$)/, unless(off, sends)],
  [/(?:^|_)(?:file|files|path|dir|directory|folder)(?:_|$)/, reads],
]

/** What values say of keys that nobody knows. */
const byValue: readonly (readonly [RegExp, Effect])[] = [
  [/^[a-z][a-z0-9+.-]*:\/\//i, sends],
  [/^(?:[~./\\]|[a-z]:\\)|[;&|`<>]|\$[({]/i, (value) => `may run or read ${value}`],
]

/**
 * What a setting makes programs of this machine do that has to be allowed by name, as the rest of a sentence that begins with its key:
 * `runs a program: less -R`. Keys of a block are written `block.key`. Undefined where it does no such thing. Pure.
 */
export function settingEffect(key: string, value: string): string | undefined {
  if (value === '') return undefined
  // In a block a key means what it means alone.
  const name = key
    .slice(key.lastIndexOf('.') + 1)
    .toLowerCase()
    .replaceAll('-', '_')
  if (Object.hasOwn(effects, name)) return effects[name]?.(value)
  if (harmless.has(name)) return undefined
  const effect = byName.find(([form]) => form.test(name)) ?? byValue.find(([form]) => form.test(value))
  return effect?.[1](value)
}
