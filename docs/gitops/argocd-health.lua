-- The health of an UploadSession for Argo CD ("Resource Health", custom health checks).
local status = obj.status or {}
if status.observedGeneration ~= obj.metadata.generation then
  return { status = "Progressing", message = "waiting for the operator to see this generation" }
end

local conditions = {}
for _, condition in ipairs(status.conditions or {}) do
  conditions[condition.type] = condition
end
local ready = conditions["Ready"]
if ready == nil then
  return { status = "Progressing", message = "waiting for the operator" }
end

local message = ready.reason .. ": " .. ready.message
if conditions["Stalled"] ~= nil and conditions["Stalled"].status == "True" then
  return { status = "Degraded", message = message }
end
if ready.reason == "Suspended" then
  return { status = "Suspended", message = message }
end
if ready.status ~= "True" then
  return { status = "Progressing", message = message }
end

local failing = conditions["RenewalFailing"]
if failing ~= nil and failing.status == "True" then
  -- The credentials still work. An alert is the place for this: see docs/operations.md.
  return { status = "Healthy", message = message .. "; renewal fails: " .. failing.message }
end
return { status = "Healthy", message = message }
