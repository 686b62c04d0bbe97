<#import "template.ftl" as layout>
<#-- Ties a security key, or the phone's or computer's own lock, to the account. -->
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">
    ${msg("webauthn-registration-title")}
  <#elseif section = "form">
    <p>${msg("webauthn-registration-intro")}</p>
    <ol class="steps">
      <li><p>${msg("webauthn-registration-step1")}</p></li>
      <li><p>${msg("webauthn-registration-step2")}</p></li>
    </ol>
    <form id="register" action="${url.loginAction}" method="post" data-webauthn="register"
          data-challenge="${challenge}" data-user-id="${userid}" data-user-name="${username}" data-rp-id="${rpId}" data-rp-name="${rpEntityName}"
          data-algorithms="<#list signatureAlgorithms as each>${each?c}<#sep>,</#list>" data-attestation="${attestationConveyancePreference}"
          data-attachment="${authenticatorAttachment}" data-resident-key="${residentKey}" data-verification="${userVerificationRequirement}"
          data-timeout-seconds="${createTimeout?c}" data-known="${excludeCredentialIds}" data-unsupported="${msg("webauthn-unsupported-browser-text")}">
      <div class="field">
        <label for="authenticatorLabel">${msg("webauthn-registration-init-label-prompt")}</label>
        <input id="authenticatorLabel" name="authenticatorLabel" type="text" autocomplete="off" maxlength="60" required value="${msg("webauthn-registration-init-label")}">
      </div>
      <#list ["clientDataJSON", "attestationObject", "publicKeyCredentialId", "transports", "authenticatorAttachment", "error"] as name>
        <input type="hidden" name="${name}">
      </#list>
      <button type="submit" class="primary" id="registerWebAuthn">${msg("doRegisterSecurityKey")}</button>
    </form>
    <#if !isSetRetry?has_content && isAppInitiatedAction?has_content>
      <form action="${url.loginAction}" method="post">
        <button type="submit" class="quiet" id="cancelWebAuthnAIA" name="cancel-aia" value="true">${msg("doCancel")}</button>
      </form>
    </#if>
    <script type="module" src="${url.resourcesPath}/js/securityKey.js"></script>
  </#if>
</@layout.registrationLayout>
