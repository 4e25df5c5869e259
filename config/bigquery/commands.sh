
# 10. Groups only: the figures of all workbooks in BigQuery (docs/export.md). The exporter reads sheets and writes one bucket,
# the analyst reads that bucket and writes three datasets, people read the last of them.
gcloud services enable bigquery.googleapis.com bigquerydatatransfer.googleapis.com --project ${project}
gcloud iam service-accounts create exporter --project ${project}
gcloud iam service-accounts create analyst --project ${project}
echo "share each sheet with exporter@${project}.iam.gserviceaccount.com, as a viewer"
gcloud storage buckets create gs://${bucket} --location ${region} --uniform-bucket-level-access \
    --public-access-prevention --project ${project}
gcloud storage buckets add-iam-policy-binding gs://${bucket} --role roles/storage.objectUser \
    --member serviceAccount:exporter@${project}.iam.gserviceaccount.com
gcloud storage buckets add-iam-policy-binding gs://${bucket} --role roles/storage.objectViewer \
    --member serviceAccount:analyst@${project}.iam.gserviceaccount.com
gcloud projects add-iam-policy-binding ${project} --role roles/bigquery.jobUser \
    --member serviceAccount:analyst@${project}.iam.gserviceaccount.com
python3 -c "import secrets; print(secrets.token_urlsafe(32))" \
    | gcloud secrets create relay-export-key --data-file - --project ${project}
for secret in relay-config relay-workbooks relay-export-key; do
  gcloud secrets add-iam-policy-binding $$secret --project ${project} --role roles/secretmanager.secretAccessor \
      --member serviceAccount:exporter@${project}.iam.gserviceaccount.com
done
gcloud run jobs replace deployed/bigquery/export.yaml --region ${region} --project ${project}
gcloud run jobs execute relay-export --wait --region ${region} --project ${project}
gcloud run jobs add-iam-policy-binding relay-export --region ${region} --project ${project} \
    --member serviceAccount:invoker@${project}.iam.gserviceaccount.com --role roles/run.invoker
gcloud scheduler jobs create http relay-export --location ${region} --project ${project} \
    --schedule "0 22 * * *" --time-zone Asia/Tokyo --http-method POST \
    --uri https://run.googleapis.com/v2/projects/${project}/locations/${region}/jobs/relay-export:run \
    --oauth-service-account-email invoker@${project}.iam.gserviceaccount.com
bq query --project_id ${project} --location ${region} --use_legacy_sql=false < deployed/bigquery/tables.sql
bq query --project_id ${project} --location ${region} --use_legacy_sql=false < deployed/bigquery/nightly.sql
bq mk --transfer_config --project_id ${project} --location ${region} --data_source scheduled_query \
    --display_name relay-analysis --schedule "every day 17:00" \
    --service_account_name analyst@${project}.iam.gserviceaccount.com \
    --params "$$(python3 -c 'import json; print(json.dumps({"query": open("deployed/bigquery/nightly.sql").read()}))')"
