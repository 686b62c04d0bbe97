<#import "template.ftl" as layout>
<#-- Ties an app on the phone to the account: a picture to point it at, the same as letters, and the first code as proof. -->
<#assign wrong = messagesPerField.existsError('totp')>
<#assign wrongName = messagesPerField.existsError('userLabel')>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">
    ${msg("loginTotpTitle")}
  <#elseif section = "form">
    <p>${msg("loginTotpIntro")}</p>
    <#if wrong || wrongName>
      <div class="notice notice-error" id="input-error-totp" role="alert">${kcSanitize(messagesPerField.getFirstError('totp','userLabel'))?no_esc}</div>
    </#if>
    <form action="${url.loginAction}" id="kc-totp-settings-form" method="post">
      <ol class="steps">
        <li>
          <p>${msg("loginTotpStep1")}</p>
          <p class="beside"><#list totp.supportedApplications as app>${msg(app)}<#sep>, </#list></p>
        </li>
        <li>
          <p>${msg("loginTotpStep2")}</p>
          <img class="qr" id="kc-totp-secret-qr-code" src="data:image/png;base64, ${totp.totpSecretQrCode}" alt="${msg("loginTotpPicture")}" width="220" height="220">
          <details>
            <summary>${msg("loginTotpUnableToScan")}</summary>
            <p>${msg("loginTotpManualStep2")}</p>
            <p><code class="secret" id="kc-totp-secret-key" dir="ltr">${totp.totpSecretEncoded}</code></p>
            <p class="beside">${msg("loginTotpManualStep3", totp.policy.digits?c, totp.policy.period?c)}</p>
          </details>
        </li>
        <li>
          <div class="field">
            <label for="totp">${msg("loginTotpStep3")}</label>
            <input id="totp" name="totp" class="digits" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="12" dir="ltr" required<#if wrong> aria-invalid="true" aria-describedby="input-error-totp"</#if>>
          </div>
          <#if totp.otpCredentials?size gte 1>
            <div class="field">
              <label for="userLabel">${msg("loginTotpDeviceName")}</label>
              <input id="userLabel" name="userLabel" type="text" autocomplete="off" maxlength="60" required<#if wrongName> aria-invalid="true" aria-describedby="input-error-totp"</#if>>
            </div>
          <#else>
            <input type="hidden" name="userLabel" value="">
          </#if>
        </li>
      </ol>
      <input type="hidden" name="totpSecret" value="${totp.totpSecret}">
      <button type="submit" class="primary" id="saveTOTPBtn">${msg("doContinue")}</button>
      <#if isAppInitiatedAction??>
        <button type="submit" class="quiet" id="cancelTOTPBtn" name="cancel-aia" value="true" formnovalidate>${msg("doCancel")}</button>
      </#if>
    </form>
  </#if>
</@layout.registrationLayout>
