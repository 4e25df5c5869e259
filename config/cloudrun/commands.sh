# From an empty project to a nightly run. Read it, then paste it block by block into Cloud Shell, in the folder of the checkout.
# Every command may be given again: what is there already says so, and stays.

# 1. Projects and APIs. The mailer lives in a project of its own, so that whoever runs the jobs can make no key for it.
gcloud projects create ${project}
gcloud projects create ${mail_project}
gcloud services enable run.googleapis.com cloudscheduler.googleapis.com cloudbuild.googleapis.com \
    artifactregistry.googleapis.com secretmanager.googleapis.com sheets.googleapis.com iamcredentials.googleapis.com \
    monitoring.googleapis.com drive.googleapis.com --project ${project}
gcloud services enable gmail.googleapis.com iamcredentials.googleapis.com --project ${mail_project}

# 2. Accounts, each with the least that it needs: the jobs, the mailer, the links, and who starts the jobs.
gcloud iam service-accounts create runtime --project ${project}
gcloud iam service-accounts create links --project ${project}
gcloud iam service-accounts create invoker --project ${project}
gcloud iam service-accounts create mailer --project ${mail_project}
gcloud iam service-accounts add-iam-policy-binding mailer@${mail_project}.iam.gserviceaccount.com \
    --member serviceAccount:runtime@${project}.iam.gserviceaccount.com \
    --role roles/iam.serviceAccountTokenCreator --project ${mail_project}

# 3. By hand: domain-wide delegation for this number (docs/google.md, step 4), and each sheet shared with the runtime account.
gcloud iam service-accounts describe mailer@${mail_project}.iam.gserviceaccount.com --format "value(uniqueId)"
echo "share each sheet with runtime@${project}.iam.gserviceaccount.com, as an editor"

# 4. Configuration and keys. The keys are made here and never shown.
gcloud secrets create relay-config --data-file config/relay.toml --project ${project}
gcloud secrets create relay-links-config --data-file config/relay.toml --project ${project}
gcloud secrets create relay-workbooks --data-file config/workbooks.toml --project ${project}
python3 -c "import secrets; print(secrets.token_urlsafe(32))" \
    | gcloud secrets create relay-link-key --data-file - --project ${project}
python3 -c "import secrets; print(secrets.token_urlsafe(32))" \
    | gcloud secrets create relay-signing-key --data-file - --project ${project}
python3 -c "import secrets; print(secrets.token_urlsafe(32))" \
    | gcloud secrets create relay-erasure-key --data-file - --project ${project}
for secret in relay-config relay-workbooks relay-link-key relay-signing-key relay-erasure-key; do
  gcloud secrets add-iam-policy-binding $$secret --project ${project} --role roles/secretmanager.secretAccessor \
      --member serviceAccount:runtime@${project}.iam.gserviceaccount.com
done
for secret in relay-links-config relay-link-key; do
  gcloud secrets add-iam-policy-binding $$secret --project ${project} --role roles/secretmanager.secretAccessor \
      --member serviceAccount:links@${project}.iam.gserviceaccount.com
done

# 5. The image.
gcloud artifacts repositories create relay --repository-format docker --location ${region} --project ${project}
gcloud builds submit --config config/cloudrun/cloudbuild.yaml --substitutions _IMAGE=${image} --project ${project} .

# 6. The nightly job. It is not executed here: that would send letters. Share the sheets, delegate and try it first (docs/cloud-run.md, 3 to 5).
relay deploy --project ${project} --region ${region} --mail-project ${mail_project} --tasks ${tasks} \
    --script-client ${script_client} --image ${image} --out deployed
gcloud run jobs replace deployed/job.yaml --region ${region} --project ${project}
gcloud run jobs replace deployed/digest.yaml --region ${region} --project ${project}

# 7. The schedule, once all that is tried: from now on letters go. Scheduler may fire twice, and executions may overlap: no letter goes twice.
gcloud run jobs add-iam-policy-binding relay-nightly --region ${region} --project ${project} \
    --member serviceAccount:invoker@${project}.iam.gserviceaccount.com --role roles/run.invoker
gcloud scheduler jobs create http relay-nightly --location ${region} --project ${project} \
    --schedule "${schedule}" --time-zone Asia/Tokyo --http-method POST \
    --uri https://run.googleapis.com/v2/projects/${project}/locations/${region}/jobs/relay-nightly:run \
    --oauth-service-account-email invoker@${project}.iam.gserviceaccount.com
# The digest, in the evening of the same days: it only reads, and mails the operator where the roster says so.
gcloud run jobs add-iam-policy-binding relay-digest --region ${region} --project ${project} \
    --member serviceAccount:invoker@${project}.iam.gserviceaccount.com --role roles/run.invoker
gcloud scheduler jobs create http relay-digest --location ${region} --project ${project} \
    --schedule "0 18 * * 1-5" --time-zone Asia/Tokyo --http-method POST \
    --uri https://run.googleapis.com/v2/projects/${project}/locations/${region}/jobs/relay-digest:run \
    --oauth-service-account-email invoker@${project}.iam.gserviceaccount.com

# 8. The page for the sidebar, for the people of one group; and the links in letters, for everybody.
gcloud run services replace deployed/service.yaml --region ${region} --project ${project}
gcloud run services add-iam-policy-binding relay-page --region ${region} --project ${project} \
    --member group:${group} --role roles/run.invoker
gcloud run services replace deployed/links.yaml --region ${region} --project ${project}
gcloud run services add-iam-policy-binding relay-links --region ${region} --project ${project} \
    --member allUsers --role roles/run.invoker

# 9. Mail when somebody is needed: put the channel's name into --channel first, and run step 6's relay deploy again.
gcloud beta monitoring channels create --display-name relay --type email \
    --channel-labels email_address=${operator} --project ${project}
gcloud alpha monitoring policies create --policy-from-file deployed/alert.yaml --project ${project}
# And when a night tells nothing at all. Change the days and hours in silence.yaml where the schedule is another one.
gcloud logging metrics create relay_nights --project ${project} --description "summaries of the nightly job" \
    --log-filter 'resource.type="cloud_run_job" AND resource.labels.job_name="relay-nightly" AND jsonPayload.message="summary"'
gcloud alpha monitoring policies create --policy-from-file deployed/silence.yaml --project ${project}
