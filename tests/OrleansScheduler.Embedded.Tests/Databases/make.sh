#!/usr/bin/env bash
# Makes one database file of a stage of the product, and beside it what a client of that stage saw in it.
# Usage: make.sh HOST NAME    HOST is the program OrleansScheduler.Standalone of that stage, NAME the stage. Needs bash, curl, gzip.
set -euo pipefail
host=$(realpath "$1")
name=$2
target=$(cd "$(dirname "$0")" && pwd)
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT

cd "$(dirname "$host")"
ASPNETCORE_URLS=http://127.0.0.1:0 "$host" --data "$data" --sample-period 200ms > "$data/out" 2> "$data/err" &
process=$!
until grep -q '^ready ' "$data/out"; do kill -0 "$process"; sleep 0.2; done
api=$(sed -n 's/^ready //p' "$data/out")/api/v1
token=$(cat "$data/administrator.token" 2> /dev/null || true)

ask() { curl -s -m 20 -X "$1" -H "Authorization: Bearer $token" -H 'content-type: application/json' "$api$2" ${3:+-d "$3"}; }
get() { ask GET "$1"; }
tell() { ask "$@" > /dev/null; }
names() { get "$1" | sed "s/.*\"$2\":\[\([^]]*\)\].*/\1/" | tr -d '"' | tr ',' '\n'; }
list() { local comma='' one; while read -r one; do printf '%s\n"%s":%s' "$comma" "$one" "$(get "$1/${one// /%20}")"; comma=,; done <<< "$2"; }

# Documents with what JSON has, a removed one, and values that are longer than a page.
tell PUT /spaces/shop/documents/orders '{"lines":[{"item":"tea","pieces":3},{"item":"bread","pieces":2}],"customer":"Åse \ud83c\udf75","paid":false}'
tell PUT '/spaces/shop/documents/orders?path=/paid' true
tell PUT /spaces/shop/documents/prices '{"tea":4.25,"bread":3.1,"large":12345678901234567890.123,"none":null,"empty":[]}'
tell PUT /spaces/shop/documents/long "\"$(printf 'x%.0s' $(seq 5000))\""
tell PUT /spaces/shop/documents/gone 1
tell DELETE /spaces/shop/documents/gone

# Schedules of every kind that the stage knows; what it does not know it refuses.
schedule() { tell POST /schedules "{\"name\":\"$1\",\"trigger\":$2,\"target\":{\"handler\":\"earthquakes.feeder\",\"space\":\"default/earthquakes\"}}"; }
schedule daily '{"kind":"interval","period":"1d"}'
schedule weekly '{"kind":"cron","expression":"30 4 * * 1","zone":"Europe/Berlin"}'
schedule party '{"kind":"once","instant":"2099-12-31T23:00:00+00:00"}'
tell POST /schedules/daily/execute '{"request":"by hand","who":"operator"}'
sleep 5
tell POST /schedules/feeder/pause '{"who":"operator","reason":"enough"}'
until get /spaces/earthquakes/idle | grep -q true; do sleep 0.2; done
sleep 1

{
  printf '{"schedules":{%s},\n' "$(list /schedules "$(names /schedules names)")"
  printf '"runs":{"feeder":%s,"daily":%s},\n' "$(get '/schedules/feeder/runs?limit=100')" "$(get '/schedules/daily/runs?limit=100')"
  printf '"spaces":{%s},\n' "$(list /spaces "$(names /spaces names)")"
  printf '"actions":%s,\n' "$(get '/spaces/earthquakes/actions?limit=1000')"
  printf '"shop":{%s},\n' "$(list /spaces/shop/documents "$(names '/spaces/shop/documents?limit=100' documents)")"
  printf '"earthquakes":{%s}}\n' "$(list /spaces/earthquakes/documents "$(names '/spaces/earthquakes/documents?limit=1000' documents)")"
} > "$target/$name.json"

# Stopping in order folds the write-ahead log into the file.
kill -TERM "$process"
wait "$process"
test ! -e "$data/scheduler.db-wal"
gzip -9 -n -c "$data/scheduler.db" > "$target/$name.db.gz"
ls -l "$target/$name".*
