#!/usr/bin/env bash
# Places an order at the API given as first argument and waits until it has shipped.
set -euo pipefail

url="${1:?usage: smoke.sh URL}"

# The text of a field of the flat JSON that the API answers with; jq is not on every machine.
field() { sed -nE "s/.*\"$1\": *\"([^\"]+)\".*/\\1/p" | grep .; }

order=$(curl --fail-with-body --silent --show-error --retry 3 --max-time 10 \
  --header 'content-type: application/json' \
  --data '{"sku":"SMOKE-TEST","quantity":1}' \
  "$url/orders")
id=$(field id <<<"$order")
echo "placed $id"

for _ in $(seq 30); do
  status=$(curl --fail-with-body --silent --show-error --max-time 10 "$url/orders/$id" | field status)
  if [[ $status == shipped ]]; then
    echo "shipped $id"
    exit 0
  fi
  sleep 5
done

echo "order $id is still \"$status\" after 150 seconds" >&2
exit 1
