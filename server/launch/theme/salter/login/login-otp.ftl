<#import "template.ftl" as layout>
<#-- The six digits of the app, asked for after the password. -->
<#assign wrong = messagesPerField.existsError('totp')>
<@layout.registrationLayout displayMessage=!wrong; section>
  <#if section = "header">
    ${msg("loginOtpTitle")}
  <#elseif section = "form">
    <#if wrong>
      <div class="notice notice-error" id="input-error-otp" role="alert">${kcSanitize(messagesPerField.get('totp'))?no_esc}</div>
    </#if>
    <form id="kc-otp-login-form" action="${url.loginAction}" method="post">
      <#if otpLogin.userOtpCredentials?size gt 1>
        <fieldset class="choices">
          <legend>${msg("loginOtpWhich")}</legend>
          <#list otpLogin.userOtpCredentials as each>
            <label class="choice"><input type="radio" name="selectedCredentialId" value="${each.id}"<#if each.id == otpLogin.selectedCredentialId> checked</#if>>
              <span>${each.userLabel!msg("otp-display-name")}</span></label>
          </#list>
        </fieldset>
      </#if>
      <div class="field">
        <label for="otp">${msg("loginOtpOneTime")}</label>
        <p class="beside" id="otp-hint">${msg("loginOtpHint")}</p>
        <input id="otp" name="otp" class="digits" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="12" dir="ltr" autofocus required
               aria-describedby="otp-hint<#if wrong> input-error-otp" aria-invalid="true<#else></#if>">
      </div>
      <button type="submit" id="kc-login" name="login">${msg("doLogIn")}</button>
    </form>
  </#if>
</@layout.registrationLayout>
