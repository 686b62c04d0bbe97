<#import "template.ftl" as layout>
<#-- Codes on paper for the day the phone is lost. They are shown this once. -->
<@layout.registrationLayout displayMessage=(message?? && message.type == 'error'); section>
  <#if section = "header">
    ${msg("recovery-code-config-header")}
  <#elseif section = "form">
    <p>${msg("recovery-code-config-warning-message")}</p>
    <ol class="codes" id="kc-recovery-codes-list">
      <#list recoveryAuthnCodesConfigBean.generatedRecoveryAuthnCodesList as code>
        <li><code dir="ltr">${code[0..3]}-${code[4..7]}-${code[8..]}</code></li>
      </#list>
    </ol>
    <div class="pair" data-codes-tools hidden>
      <button type="button" id="printRecoveryCodes">${msg("recovery-codes-print")}</button>
      <button type="button" id="downloadRecoveryCodes" data-file="${msg("recovery-codes-file")}" data-head="${msg("recovery-codes-download-file-header")}">${msg("recovery-codes-download")}</button>
    </div>
    <form action="${url.loginAction}" id="kc-recovery-codes-settings-form" method="post">
      <input type="hidden" name="generatedRecoveryAuthnCodes" value="${recoveryAuthnCodesConfigBean.generatedRecoveryAuthnCodesAsString}">
      <input type="hidden" name="generatedAt" value="${recoveryAuthnCodesConfigBean.generatedAt?c}">
      <input type="hidden" name="userLabel" value="${msg("recovery-codes-label-default")}">
      <label class="choice"><input type="checkbox" id="kcRecoveryCodesConfirmationCheck" required><span>${msg("recovery-codes-confirmation-message")}</span></label>
      <button type="submit" class="primary" id="saveRecoveryAuthnCodesBtn">${msg("recovery-codes-action-complete")}</button>
      <#if isAppInitiatedAction??>
        <button type="submit" class="quiet" id="cancelRecoveryAuthnCodesBtn" name="cancel-aia" value="true" formnovalidate>${msg("doCancel")}</button>
      </#if>
    </form>
    <script type="module" src="${url.resourcesPath}/js/recoveryCodes.js"></script>
  </#if>
</@layout.registrationLayout>
