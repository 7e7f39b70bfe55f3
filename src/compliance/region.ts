/** Regions whose country does not follow from their first word. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'eu-west-2': 'GB',
  'eu-central-2': 'CH',
  'europe-west2': 'GB',
  'europe-west6': 'CH',
  'ap-southeast-1': 'SG',
  'ap-northeast-1': 'JP',
  'ap-northeast-3': 'JP',
  'ap-northeast-2': 'KR',
  'ap-southeast-2': 'AU',
  'ap-south-1': 'IN',
  'asia-southeast1': 'SG',
  'asia-northeast1': 'JP',
  'asia-northeast2': 'JP',
  'asia-northeast3': 'KR',
  'australia-southeast1': 'AU',
  'asia-south1': 'IN',
  eastus: 'US',
  eastus2: 'US',
  westus: 'US',
  westus3: 'US',
  westeurope: 'EU',
  northeurope: 'EU',
  swedencentral: 'EU',
  germanywestcentral: 'EU',
  francecentral: 'EU',
  uksouth: 'GB',
  switzerlandnorth: 'CH',
};

/**
 * Country or `EU` of a cloud's region, by the public names of AWS, Google Cloud, Azure and Alibaba Cloud. `eu-…` and
 * `europe-…` count as the EU but for the exceptions. Undefined where the name tells nothing: then it is asked for.
 */
export function jurisdictionOfRegion(region: string | undefined): string | undefined {
  if (region === undefined) return undefined;
  const known = EXCEPTIONS[region];
  if (known !== undefined) return known;
  if (region === 'cn-hongkong') return 'HK';
  if (/^cn-/.test(region)) return 'CN';
  if (/^us-/.test(region)) return 'US';
  return /^(eu|europe)-/.test(region) ? 'EU' : undefined;
}
